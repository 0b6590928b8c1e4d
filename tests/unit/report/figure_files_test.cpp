#include "report/figure_files.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "report/external_program.hpp"
#include "report/figure_script.hpp"
#include "sample_figures.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using namespace meridian;
using report::DrawnFigure;
using report::DrawnFigures;
using tests::bytes_of;
using tests::ScratchFolder;

namespace {

/// PATH without a program in it, until the end of the scope.
class EmptyPath {
 public:
  explicit EmptyPath(const std::string& folder) : before_(std::getenv("PATH")) { ::setenv("PATH", folder.c_str(), 1); }
  ~EmptyPath() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

/// The columns of names.
std::vector<std::size_t> columns_of_names(const findings::Table& table) {
  std::vector<std::size_t> columns;
  for (std::size_t at = 0; at < table.columns.size(); ++at)
    if (table.columns[at].kind == findings::Kind::text && table.columns[at].name != "part") columns.push_back(at);
  return columns;
}

/// Makes every name of a figure hard to quote; names that differ still do.
void rename_all(findings::Table& table) {
  const std::vector<std::string> awkward = {"50% g",  "'quoted'",      "a\"b",    "\"all\"", "x_1",  "{y}^2",
                                            "#first", "back\\slash\\", "`tilde`", "@at",     "a\nb", "c, \"d\""};
  std::map<std::string, std::string> names;
  for (const std::size_t at : columns_of_names(table))
    for (auto& row : table.rows)
      if (const std::string name = findings::to_text(row[at]); !name.empty())
        row[at] = names.emplace(name, awkward.at(names.size() % awkward.size())).first->second;
}

/// A line break within a name is drawn as a space.
std::string drawn_name(std::string name) {
  std::replace(name.begin(), name.end(), '\n', ' ');
  return name;
}

}  // namespace

TEST_CASE("without gnuplot numbers and scripts are written and the remedy is told") {
  const ScratchFolder folder;
  const EmptyPath nothing(folder.path().string());
  const DrawnFigures drawn = report::write_figures(tests::all_figures(), folder.path() / "figures", {});
  CHECK_THAT(drawn.problem, Contains("apt-get install gnuplot-nox"));
  REQUIRE(drawn.figures.size() == 11);
  for (const DrawnFigure& figure : drawn.figures) {
    CHECK(figure.svg.empty());
    CHECK(std::filesystem::exists(folder.path() / "figures" / (figure.stem + ".csv")));
    CHECK(std::filesystem::exists(folder.path() / "figures" / (figure.stem + ".gp")));
  }
}

TEST_CASE("gnuplot draws every kind, the same bytes each time, and leftovers of an earlier report go") {
  if (!report::installed("gnuplot")) {
    WARN("skipped: gnuplot is not installed");
    return;
  }
  const ScratchFolder folder;
  folder.write("old-figure.svg", "old");
  folder.write("mine.txt", "stays");
  const DrawnFigures first = report::write_figures(tests::all_figures(), folder.path(), {true, true});
  CHECK(first.problem.empty());
  for (const DrawnFigure& figure : first.figures) {
    CAPTURE(figure.stem);
    CHECK_THAT(figure.svg, Contains("</svg>"));
    CHECK(std::filesystem::file_size(folder.path() / (figure.stem + ".pdf")) > 1000);
    CHECK(std::filesystem::file_size(folder.path() / (figure.stem + ".png")) > 1000);
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() / "old-figure.svg"));
  CHECK(std::filesystem::exists(folder.path() / "mine.txt"));
  const DrawnFigures second = report::write_figures(tests::all_figures(), folder.path(), {false, false});
  for (std::size_t i = 0; i < first.figures.size(); ++i) CHECK(first.figures[i].svg == second.figures[i].svg);
}

TEST_CASE("all that is drawn is in the numbers: every row has a place, every mark its row") {
  const report::Drawing points = report::draw(tests::points_figure(), "points");
  CHECK(points.drawn.rows.size() == tests::points_figure().data.rows.size());
  const std::size_t position = points.drawn.column("position"), style = points.drawn.column("style_number");
  for (const auto& row : points.drawn.rows) {
    CHECK(std::get<double>(row[position]) > 0.5);
    CHECK(std::get<double>(row[position]) < 10.5);
    CHECK_THAT(points.script,
               Contains("column(\"style_number\")==" + std::to_string(std::get<std::int64_t>(row[style]))));
  }
  if (!report::installed("gnuplot")) return;
  const ScratchFolder folder;
  const DrawnFigures drawn = report::write_figures(tests::all_figures(), folder.path(), {false, false});
  // 40 means and 1600 points, and one marker per entry of the legend
  CHECK(count_of(drawn.find("samples", "points")->svg, "<use xlink:href='#gpPt") >= 1640);
  CHECK(count_of(drawn.find("samples", "forest")->svg, "<text>") >= 4);
}

TEST_CASE("text of findings cannot become script or markup") {
  findings::Figure figure = tests::category_figure(findings::FigureKind::bars, "bars");
  figure.y.title = "it's `touch /tmp/hacked` \n\"x\" <script>";
  const report::Drawing drawing = report::draw(figure, "bars");
  CHECK_THAT(drawing.script, Contains(R"(set label "it's \140touch /tmp/hacked\140  \042x\042 <script>" at screen)"));
  if (!report::installed("gnuplot")) return;
  const ScratchFolder folder;
  findings::Document document = tests::all_figures();
  document.sections[0].figures = {figure};
  const DrawnFigures drawn = report::write_figures(document, folder.path(), {false, false});
  CHECK_THAT(drawn.figures[0].svg, Contains("it's `touch"));
  CHECK_THAT(drawn.figures[0].svg, !Contains("<script>"));
}

TEST_CASE("names with signs of gnuplot's formats, strings and files arrive in the picture of every kind") {
  if (!report::installed("gnuplot")) {
    WARN("skipped: gnuplot is not installed");
    return;
  }
  const ScratchFolder folder;
  findings::Document document = tests::all_figures();
  const DrawnFigures plain = report::write_figures(document, folder.path() / "plain", {false, false});
  for (findings::Figure& figure : document.sections[0].figures) rename_all(figure.data);
  const DrawnFigures drawn = report::write_figures(document, folder.path() / "awkward", {false, false});
  CHECK(drawn.problem.empty());
  for (std::size_t i = 0; i < drawn.figures.size(); ++i) {
    const findings::Table& table = document.sections[0].figures[i].data;
    const std::string& svg = drawn.figures[i].svg;
    CAPTURE(drawn.figures[i].name);
    CHECK(count_of(svg, "<use") == count_of(plain.figures[i].svg, "<use"));
    for (const std::size_t at : columns_of_names(table))
      for (const auto& row : table.rows) CHECK_THAT(svg, Contains(drawn_name(findings::to_text(row[at]))));
  }
}
