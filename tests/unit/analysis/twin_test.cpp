#include "analysis/twin.hpp"

#include <catch2/catch.hpp>

namespace meridian::analysis {
namespace {

models::Fit fit_with(std::vector<models::Coefficient> coefficients) {
  models::Fit fit;
  fit.coefficients = std::move(coefficients);
  return fit;
}

}  // namespace

TEST_CASE("a twin names the effects whose conclusion changes") {
  const models::Fit before =
      fit_with({{"a", 1, .1, 10, 10, 1e-6, 0, 2}, {"b", -1, .1, 10, -10, 1e-6, -2, 0}, {"c", .1, .1, 10, 1, .3, 0, 0}});
  const models::Fit now =
      fit_with({{"a", 1, .1, 10, 1, .2, 0, 2}, {"b", 1, .1, 10, 10, 1e-6, 0, 2}, {"c", .1, .1, 10, 1, .4, 0, 0}});
  findings::Section section;
  compare_twins("rq1-restored", now, "rq1", before, section);
  REQUIRE(section.tables.size() == 1);
  const findings::Table& table = section.tables.front();
  const std::size_t column = table.column("conclusion_changes");
  CHECK(table.rows[0][column] == findings::Cell{"no longer significant"});
  CHECK(table.rows[1][column] == findings::Cell{"sign"});
  CHECK(table.rows[2][column] == findings::Cell{"no"});
  REQUIRE(section.notes.size() == 1);
  CHECK(section.notes.front().text.find("2 of 3") != std::string::npos);
}

}  // namespace meridian::analysis
