#include <catch2/catch.hpp>
#include <cmath>

#include "report/figure_canvas.hpp"
#include "report/figure_script.hpp"
#include "report/label_sides.hpp"
#include "sample_figures.hpp"

using Catch::Contains;
using namespace meridian;
using findings::Figure;
using findings::FigureKind;
using report::label_sides;

namespace {

/// The page's height in pixels, from the script's SVG terminal.
double height_of(const std::string& script) {
  const std::size_t at = script.find("size 680,");
  REQUIRE(at != std::string::npos);
  return std::stod(script.substr(at + 9));
}

Figure map_of(std::size_t rows, std::size_t columns) {
  Figure figure = tests::worded(findings::make_figure(FigureKind::heat_map, "map", "Map"), "Model", "Country");
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      figure.add({"cell",
                  "row" + std::to_string(i),
                  "column" + std::to_string(j),
                  0.01 * static_cast<double>(i + j),
                  {},
                  {},
                  {},
                  {}});
  return figure;
}

}  // namespace

TEST_CASE("tics are as close as their labels allow, and even a narrow axis has two") {
  CHECK(report::tic_step(-0.22, 0.06, 600) == Approx(0.05));
  CHECK(report::tic_step(-0.22, 0.06, 134) == Approx(0.1));
  CHECK(report::tic_step(-1.7, 1.6, 134) == Approx(1));
  CHECK(report::tic_step(3, 3, 134) == Approx(1));
  for (const double width : {130.0, 200.0, 600.0})
    for (const double range : {1e-4, 0.3, 1.0, 7.0, 2500.0}) {
      const double step = report::tic_step(-0.4 * range, 0.6 * range, width);
      CAPTURE(width, range, step);
      CHECK(step <= 0.6 * range);
      CHECK(step / range * width >= 34);
    }
}

TEST_CASE("places that are no numbers are passed over, also where there is no other") {
  Figure figure = tests::scatter_figure();
  figure.data.rows[0][3] = std::monostate{};
  figure.data.rows[1][4] = INFINITY;
  CHECK(report::draw(figure, "map").drawn.rows.size() == figure.data.rows.size());
  for (auto& row : figure.data.rows) row[3] = row[4] = std::nan("");
  CHECK_THAT(report::draw(figure, "map").script, Contains("set xrange [-0.5:0.5]"));
  CHECK(report::tic_step(0, INFINITY, 100) == 1);
}

TEST_CASE("a name stands right of its point, elsewhere where it would touch another or leave the panel") {
  CHECK(label_sides({{100, 100, "one"}}, 500, 300) == std::vector<std::string>{"right"});
  CHECK(label_sides({{490, 100, "a long name"}}, 500, 300) == std::vector<std::string>{"left"});
  CHECK(label_sides({{250, 100, "a long name"}, {280, 100, "b"}}, 500, 300) ==
        std::vector<std::string>{"left", "right"});
  const auto crowded = label_sides({{250, 100, "middle"}, {280, 100, "b"}, {220, 100, "c"}}, 500, 300);
  CHECK(crowded == std::vector<std::string>{"above", "right", "left"});
}

TEST_CASE("numbers of dark cells are white, empty cells have none, a high map fits a page") {
  Figure figure = map_of(4, 3);
  figure.data.rows.front()[3] = std::monostate{};
  const std::string script = report::draw(figure, "map").script;
  CHECK_THAT(script, Contains("column(\"value\") > 0.0388 ? column(\"column_number\") : NaN"));
  CHECK_THAT(script, Contains("with labels font font_9 textcolor rgb '#ffffff'"));
  CHECK_THAT(script, Contains("set cbrange [0.01:0.05]"));
  CHECK(height_of(report::draw(map_of(70, 3), "map").script) <= report::kPageHeight);
}

TEST_CASE("a forest of many long names is squeezed onto a page, one of short names folded") {
  for (const char* stem : {"a long name that leaves no room for a second column ", "t"}) {
    Figure figure = tests::worded(findings::make_figure(FigureKind::forest, "forest", "Forest"), "Estimate", "");
    for (int term = 0; term < (stem[0] == 't' ? 40 : 27); ++term)
      for (const char* model : {"rq3", "rq3-restored", "rq3-maximal"})
        figure.add({{}, stem + std::to_string(term), model, {}, 0.1 * term, 0.1 * term - 1, 0.1 * term + 1, {}});
    const report::Drawing drawing = report::draw(figure, "forest");
    CHECK(height_of(drawing.script) <= report::kPageHeight);
    CHECK((drawing.script.find("(continued)") != std::string::npos) == (stem[0] == 't'));
  }
}

TEST_CASE("series that do not occur in a panel keep no lane free there") {
  Figure figure = tests::worded(findings::make_figure(FigureKind::bars, "bars", "Bars"), "Cell", "Share");
  for (const char* method : {"plain", "calibrated"}) figure.add({"model", "a", method, {}, 0.5, {}, {}, {}});
  for (const char* method : {"uniform", "mean", "majority"}) figure.add({"others", "a", method, {}, 0.5, {}, {}, {}});
  const findings::Table drawn = report::draw(figure, "bars").drawn;
  const double lane = 0.76 / 3;
  std::vector<double> aside;
  for (const auto& row : drawn.rows) aside.push_back((std::get<double>(row[drawn.column("position")]) - 1) / lane);
  CHECK_THAT(aside, Catch::Approx(std::vector<double>{-0.5, 0.5, -1, 0, 1}).margin(1e-12));
}

TEST_CASE("a forest whose values lie within one tic is widened to a second one") {
  Figure figure = tests::worded(findings::make_figure(FigureKind::forest, "forest", "Forest"), "Deviation", "");
  for (const char* panel : {"llm: nation", "llm: origin"})
    figure.add({panel, std::string("claude-3-5-sonnet, ") + panel, {}, {}, 0.001, -0.037, 0.044, {}});
  const std::string script = report::draw(figure, "forest").script;
  CHECK_THAT(script, Contains("set xtics 0.05\n") && Contains(":0.05]"));
}

TEST_CASE("panels of a forest share their ends unless each has its own") {
  Figure figure = tests::worded(findings::make_figure(FigureKind::forest, "forest", "Forest"), "Deviation", "");
  figure.add({"g: (Intercept)", "a", {}, {}, 40.0, 20.0, 60.0, {}});
  figure.add({"g: slope", "a", {}, {}, 1.0, 0.5, 1.5, {}});
  CHECK_THAT(report::draw(figure, "forest").script, !Contains("set xtics 0."));
  figure.x.panel_ends = true;
  const std::string script = report::draw(figure, "forest").script;
  CHECK_THAT(script, Contains("set xtics 5\n") && Contains("set xtics 0.2\n"));
}

TEST_CASE("colours of values on both sides of 0 are the same distance from white") {
  Figure figure = map_of(3, 3);
  figure.data.rows.front()[3] = -0.3;
  CHECK_THAT(report::draw(figure, "map").script, Contains("set cbrange [-0.3:0.3]"));
}

TEST_CASE("long titles of panels and the observed value stand above a histogram, in lines") {
  Figure figure = tests::histogram_figure();
  for (const char* panel : {"second", "nation, a model with a long name"}) figure.add({panel, "bar", 0.0, 1.0, 3.0});
  const std::string script = report::draw(figure, "histogram").script;
  for (const char* line : {"observed 0.27", "nation, a model with a", "long name"})
    CHECK_THAT(script, Contains("set label \"" + std::string(line) + "\" at graph 0, screen"));
}

TEST_CASE("curves without limits have no band, and absent series no line") {
  Figure figure = tests::curves_figure();
  for (auto& row : figure.data.rows)
    if (row[1] == findings::Cell{"Qwen"}) row[4] = row[5] = std::monostate{};
  const std::string script = report::draw(figure, "curves").script;
  CHECK_THAT(script, Contains("column(\"style_number\")==0 ? column(\"x\") : NaN):(column(\"low\"))"));
  CHECK_THAT(script, !Contains("column(\"style_number\")==1 ? column(\"x\") : NaN):(column(\"low\"))"));
  figure.add({"second panel", "GPT", 1.0, 2.0, {}, {}});
  CHECK_THAT(report::draw(figure, "curves").script,
             !Contains("column(\"panel_number\")==1 && column(\"style_number\")==1"));
}
