// Counts of several ranks add up to those of one, whoever met a name first; examples of faults are the first of the
// file.
#include <catch2/catch.hpp>

#include "audit/cell_counts.hpp"
#include "audit/row_faults.hpp"
#include "audit/team.hpp"
#include "error.hpp"

using namespace meridian;

namespace {

void count(audit::CellCounts& counts, const std::string& a, const std::string& b, std::size_t category) {
  counts.add({&a, &b}, category);
}

}  // namespace

TEST_CASE("cells are the same however the rows were shared") {
  audit::CellCounts whole(2, 3), left(2, 3), right(2, 3), joined(2, 3);
  const std::vector<std::string> models{"z", "a", "m", "a", "z", "q"};
  for (std::size_t i = 0; i < models.size(); ++i) {
    count(whole, models[i], i % 2 ? "x" : "y", i % 3);
    count(i < 3 ? left : right, models[i], i % 2 ? "x" : "y", i % 3);
  }
  joined.add_bytes(right.bytes());
  joined.add_bytes(left.bytes());
  const audit::CellTable one = whole.table(), two = joined.table();
  REQUIRE(one.names == two.names);
  CHECK(one.names[0] == std::vector<std::string>{"a", "m", "q", "z"});
  REQUIRE(one.cells.size() == two.cells.size());
  for (std::size_t i = 0; i < one.cells.size(); ++i) {
    CHECK(one.cells[i].key == two.cells[i].key);
    CHECK(one.cells[i].counts == two.cells[i].counts);
  }
  CHECK(one.find(0, "q") == 2);
  CHECK(one.find(0, "b") == audit::CellTable::npos);
  CHECK_THROWS_AS(joined.add_bytes(left.bytes().substr(0, 20)), Error);
}

TEST_CASE("faults keep the first examples of the file") {
  audit::RowFaults even, odd, joined;
  for (std::size_t line = 20; line > 0; --line)
    (line % 2 ? odd : even).add("wrong", 0, line, "f:" + std::to_string(line));
  even.looked_at(10);
  odd.looked_at(11);
  joined.add_bytes(odd.bytes());
  joined.add_bytes(even.bytes());
  even.add("broken", 0, 1, "f:1");
  CHECK(even.told() == "10 rows; left out: broken (1), wrong (10)");
  CHECK(audit::RowFaults().told() == "0 rows");
  findings::Ledger ledger;
  joined.into(ledger, "f", "rows");
  REQUIRE(ledger.lines().size() == 1);
  CHECK(ledger.lines()[0].count == 20);
  CHECK(ledger.lines()[0].of == 21);
  CHECK(ledger.lines()[0].examples == std::vector<std::string>{"f:1", "f:2", "f:3", "f:4", "f:5"});
}

TEST_CASE("rows shared by ranks come back in order") {
  const auto compute = [](std::size_t row) { return Eigen::VectorXd::Constant(2, double(row * row)).eval(); };
  const Eigen::MatrixXd alone = audit::shared_rows({}, 7, 2, compute);
  std::vector<std::string> parts;
  for (std::size_t rank = 0; rank < 3; ++rank) {
    audit::Team team{rank, 3, {}};
    team.all_gather = [&](const std::string& bytes) {
      parts.push_back(bytes);
      return std::vector<std::string>(3, std::string(6 * sizeof(double), '\0'));
    };
    audit::shared_rows(team, 7, 2, compute);
  }
  audit::Team team{0, 3, [&](const std::string&) { return parts; }};
  CHECK(audit::shared_rows(team, 7, 2, compute) == alone);
  CHECK(alone(6, 1) == 36);
}
