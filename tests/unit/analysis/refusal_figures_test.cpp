#include "analysis/refusal_figures.hpp"

#include <catch2/catch.hpp>

using namespace meridian;
using findings::Cell;
using findings::Figure;
using findings::Kind;
using findings::Table;

namespace {

Table rates(const std::string& name, const std::vector<const char*>& fields) {
  Table table{name, "", "", {}, {}};
  for (const char* field : fields) table.columns.push_back({field, Kind::text, ""});
  for (const char* column : {"cells", "trials", "refused"}) table.columns.push_back({column, Kind::integer, ""});
  for (const char* column : {"rate", "sd"}) table.columns.push_back({column, Kind::real, ""});
  table.columns.push_back({"refused_most", Kind::integer, ""});
  table.columns.push_back({"rate_most", Kind::real, ""});
  return table;
}

Table by_condition(double rate, const Cell& most) {
  Table table = rates("by_condition", {"language", "persona", "origin"});
  table.add({"Chinese", "USA", "China", 4, 80, 8, rate, 0.1, {}, most});
  table.add({"Chinese", "USA", {}, 8, 160, 16, rate, 0.1, {}, most});
  return table;
}

}  // namespace

TEST_CASE("rates of refusal are bars in per cent by origin; counts of both origins together are no bar") {
  Table items = rates("by_item", {"item", "origin"});
  items.add({"7", "USA", 4, 40, 3, 0.075, 0.1, {}, {}});
  const std::vector<Figure> figures = analysis::refusal_figures({items, by_condition(0.1, {})});
  REQUIRE(figures.size() == 2);
  for (const Figure& figure : figures) CHECK_NOTHROW(findings::check_figure(figure));
  CHECK(figures[0].name == "refusals_by_item");
  REQUIRE(figures[1].data.rows.size() == 1);
  CHECK(figures[1].data.rows[0] ==
        std::vector<Cell>{{}, "Chinese, persona USA", "Models from China", {}, 10.0, {}, {}, 80});
  CHECK(figures[1].interval.empty());
  CHECK(figures[1].sample == "80 trials");
}

TEST_CASE("bounds reach from the fewest to the most refusals, even where the fewest are none") {
  const std::vector<Figure> figures = analysis::refusal_figures({by_condition(0.0, 0.6)});
  REQUIRE(figures.size() == 1);
  const auto& row = figures[0].data.rows[0];
  CHECK(row[4] == Cell{0.0});
  CHECK(row[5] == Cell{0.0});
  CHECK(row[6] == Cell{60.0});
  CHECK_FALSE(figures[0].interval.empty());
}

TEST_CASE("where nothing was refused there is nothing to draw; dimensions stand for their items") {
  CHECK(analysis::refusal_figures({by_condition(0.0, {})}).empty());
  Table items = rates("by_item", {"item", "origin"}), dimensions = rates("by_dimension", {"dimension", "origin"});
  items.add({"7", "USA", 4, 40, 3, 0.075, 0.1, {}, {}});
  dimensions.add({"Care", "USA", 4, 40, 3, 0.075, 0.1, {}, {}});
  const std::vector<Figure> figures = analysis::refusal_figures({items, dimensions});
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].name == "refusals_by_dimension");
}
