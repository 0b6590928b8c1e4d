// Group comparisons against permutations counted by hand, and trends against all orders.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "audit/group_comparison.hpp"
#include "audit/trend.hpp"

using namespace meridian;

namespace {

double number(const findings::Table& table, std::size_t row, const std::string& column) {
  return std::get<double>(table.rows[row][table.column(column)]);
}
std::string text(const findings::Table& table, std::size_t row, const std::string& column) {
  return std::get<std::string>(table.rows[row][table.column(column)]);
}

audit::ModelRegistry registry() {
  audit::ModelRegistry made;
  made.columns = {"origin", "training", "family", "size"};
  for (int i = 0; i < 6; ++i) {
    made.models.push_back("m" + std::to_string(i));
    made.values.push_back(
        {i < 3 ? "East" : "West", i % 3 == 0 ? "base" : "chat", i < 3 ? "a" : "b", std::to_string(i % 3 + 1)});
  }
  made.groups = {"origin", "training"};
  made.trends = {"size"};
  made.family = "family";
  return made;
}

}  // namespace

TEST_CASE("two groups that do not overlap: 2 of the 20 relabellings are as extreme") {
  std::vector<audit::ModelValue> values;
  for (int i = 0; i < 6; ++i) values.push_back({"share", "m" + std::to_string(i), i < 3 ? 1.0 + i : 11.0 + 2 * i});
  const findings::Table table = audit::group_tests(values, registry(), {});
  REQUIRE(text(table, 0, "column") == "origin");
  CHECK(text(table, 0, "first") == "East");
  CHECK(std::abs(number(table, 0, "p_value") - 0.1) < 1e-12);
  CHECK(std::abs(number(table, 0, "estimate") - (2 - 19)) < 1e-12);
  CHECK(text(table, 0, "permuted") == "all");
}

TEST_CASE("metrics that hang together are not paid for twice; those apart are, by the slow count") {
  std::vector<audit::ModelValue> values;
  const double apart[] = {4, 1, 3, 5, 2, 6};
  for (int i = 0; i < 6; ++i) {
    const std::string model = "m" + std::to_string(i);
    const double share = i < 3 ? 1.0 + i : 11.0 + 2 * i;
    values.push_back({"share", model, share});
    values.push_back({"the same", model, 3 * share - 1});
    values.push_back({"constant", model, 1});
    values.push_back({"apart", model, apart[i]});
  }
  const findings::Table table = audit::group_tests(values, registry(), {});
  std::map<std::string, double> found;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (text(table, row, "column") == "origin" && text(table, row, "test") == "groups")
      found[text(table, row, "metric")] = number(table, row, "p_step_down");
  CHECK(found["share"] == Approx(0.1));  // 2 of the 20 relabellings, whichever metric they are seen in
  CHECK(found["the same"] == Approx(0.1));
  CHECK(std::isnan(found["constant"]));
  // Alone at the last step, the metric apart has its own p.
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (text(table, row, "metric") == "apart" && text(table, row, "column") == "origin" &&
        text(table, row, "test") == "groups")
      CHECK(found["apart"] == Approx(std::max(0.1, number(table, row, "p_value"))));
}

TEST_CASE("families pair their own models: two families have four patterns of signs") {
  std::vector<audit::ModelValue> values;
  const double given[] = {5, 7, 9, 50, 51, 53};  // chat less base: 3 and 2
  for (int i = 0; i < 6; ++i) values.push_back({"share", "m" + std::to_string(i), given[i]});
  const findings::Table table = audit::group_tests(values, registry(), {});
  bool paired = false, within = false;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (text(table, row, "test") == "paired") {
      paired = true;
      CHECK(std::abs(number(table, row, "estimate") + 2.5) < 1e-12);
      CHECK(std::abs(number(table, row, "p_value") - 0.5) < 1e-12);
    }
    if (text(table, row, "test") == "trend within families") {
      within = true;  // both families rise: 1 of 36 orders, and 1 falls in both
      CHECK(std::abs(number(table, row, "estimate") - 1) < 1e-12);
      CHECK(std::abs(number(table, row, "p_value") - 2.0 / 36) < 1e-12);
    }
  }
  CHECK(paired);
  CHECK(within);
}

TEST_CASE("a trend through all orders of four points") {
  std::vector<audit::TrendPoint> points{{1, 10, 0}, {2, 20, 0}, {3, 30, 0}, {4, 40, 0}};
  const audit::Comparison found = audit::trend(points, {});
  CHECK(found.all);
  CHECK(found.permutations == 24);
  CHECK(std::abs(found.estimate - 1) < 1e-12);
  CHECK(std::abs(found.p_value - 2.0 / 24) < 1e-12);
  CHECK(std::isnan(found.low));
}

TEST_CASE("a sampled trend tells a null from a rise") {
  std::vector<audit::TrendPoint> rising, flat;
  for (int i = 0; i < 12; ++i) {
    rising.push_back({double(i), i + (i % 3) * 0.5, 0});
    flat.push_back({double(i), double(i * 7 % 12), 0});
  }
  const audit::Settings settings{7, 100, 2000, 0.95};
  CHECK_FALSE(audit::trend(rising, settings).all);
  CHECK(audit::trend(rising, settings).p_value < 0.01);
  CHECK(audit::trend(flat, settings).p_value > 0.05);
  CHECK(audit::trend(rising, settings).p_value == audit::trend(rising, settings).p_value);
}
