// Printed numbers of the ranking study and of the audit's paper against each other.
#include "inference/printed_check.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using meridian::findings::Table;
using meridian::inference::printed_check_table;

namespace {

/// Cell of the row with this location and relation.
meridian::findings::Cell cell(const Table& table, const std::string& location, const std::string& relation,
                              const std::string& column) {
  for (const auto& row : table.rows)
    if (std::get<std::string>(row[0]) == location && std::get<std::string>(row[1]) == relation)
      return row[table.column(column)];
  return std::string("absent");
}

std::string verdict(const Table& table, const std::string& location, const std::string& relation) {
  return std::get<std::string>(cell(table, location, relation, "verdict"));
}

}  // namespace

TEST_CASE("printed numbers of the ranking study") {
  const Table table = printed_check_table("data/ranking/published.csv");
  CHECK(verdict(table, "A.2, Table A-1, Falcon (180B)", "concordance_p") == "inconsistent");
  CHECK(verdict(table, "A.2, Table A-1, Wenxin", "concordance_p") == "consistent");
  CHECK(verdict(table, "CN-US (2) Practical, Mann-Whitney", "u_r") == "inconsistent");
  CHECK(verdict(table, "CN-US (2) Practical, Welch", "welch_p") == "consistent");
  CHECK(verdict(table, "(3) RM-ANOVA", "f_eta") == "consistent");
}

TEST_CASE("printed numbers of the audit's paper") {
  const Table table = printed_check_table("data/audit/published.csv");
  const auto number = [&](const std::string& location, const std::string& relation) {
    return std::get<double>(cell(table, location, relation, "recomputed"));
  };
  CHECK(std::abs(number("Table 1, US, t", "mean_t") - 0.35 / std::sqrt(0.096 * 0.096 + 0.065 * 0.065)) < 1e-12);
  CHECK(std::abs(number("Table 1, US, p", "t_p") - 0.0040) < 5e-5);
  CHECK(verdict(table, "Table 1, US, t", "mean_t") == "consistent");
  CHECK(verdict(table, "Table 1, China, p", "t_p") == "consistent");
  CHECK(std::abs(number("text, gain of fine-tuning", "gain_percent") - 34.26) < 0.005);
  CHECK(verdict(table, "text, gain of fine-tuning", "gain_percent") == "consistent");
}
