#include "findings/figure.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "findings/files.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using namespace meridian::findings;
using meridian::Error;
using meridian::InputError;
using meridian::tests::bytes_of;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

Figure forest() {
  Figure figure = make_figure(FigureKind::forest, "forest", "Coefficients");
  figure.alt = "Two coefficients with limits.";
  figure.sample = "40 rows";
  figure.interval = "95 % Wald limits";
  figure.x = {.title = "Estimate", .unit = "cosine", .low = -1.0, .reference = 0.0};
  figure.y.identity = true;
  figure.add({{}, "nation", "model", {}, 0.1, -0.1, 0.3, 40});
  figure.add({{}, "origin", "model", {}, -0.5, {}, {}, {}});
  return figure;
}

Document with(const Figure& figure) {
  Document document;
  document.sections.push_back({"rq1", "First", "models/rq1", {}, {}, {}, {figure}});
  return document;
}

}  // namespace

TEST_CASE("a figure written and read back is the same figure") {
  const ScratchFolder folder;
  write_document(with(forest()), folder.path());
  CHECK_THAT(bytes_of(folder.path() / "models/rq1/figures/forest.json"),
             Contains("[null, \"nation\", \"model\", null,"));
  const Figure back = read_document(folder.path()).sections.at(0).figures.at(0), figure = forest();
  CHECK(back.kind == FigureKind::forest);
  CHECK(back.name == figure.name);
  CHECK(back.title == figure.title);
  CHECK(back.caption == figure.caption);
  CHECK(back.alt == figure.alt);
  CHECK(back.sample == figure.sample);
  CHECK(back.interval == figure.interval);
  CHECK(back.x.unit == "cosine");
  CHECK(back.x.low == -1.0);
  CHECK_FALSE(back.x.high.has_value());
  CHECK(back.x.reference == 0.0);
  CHECK(back.y.identity);
  CHECK(back.data.rows == figure.data.rows);
}

TEST_CASE("every kind has a name of its own that reads back, and columns") {
  for (int kind = 0; kind <= static_cast<int>(FigureKind::dots); ++kind) {
    const auto each = static_cast<FigureKind>(kind);
    CHECK(figure_kind_from(figure_kind_name(each)) == each);
    CHECK(figure_columns(each).size() >= 4);
  }
  CHECK_THAT(message_of<InputError>([] { figure_kind_from("pie"); }), Contains("'pie' is not known"));
}

TEST_CASE("a figure that is not whole is a bug of who made it") {
  CHECK_NOTHROW(check_figure(forest()));
  const auto error_after = [](auto change) {
    Figure figure = forest();
    change(figure);
    return message_of<Error>([&] { check_figure(figure); });
  };
  CHECK_THAT(error_after([](Figure& f) { f.alt.clear(); }), Contains("alternative text"));
  CHECK_THAT(error_after([](Figure& f) { f.sample.clear(); }), Contains("sample"));
  CHECK_THAT(error_after([](Figure& f) { f.x.title.clear(); }), Contains("axis has no title"));
  CHECK_THAT(error_after([](Figure& f) { f.data.rows.clear(); }), Contains("no rows"));
  CHECK_THAT(error_after([](Figure& f) { f.data.columns[1].name = "term"; }), Contains("columns"));
  CHECK_THAT(error_after([](Figure& f) { f.data.columns.pop_back(); }), Contains("columns"));
  Figure histogram = make_figure(FigureKind::histogram, "h", "H");
  histogram.alt = histogram.sample = histogram.x.title = histogram.y.title = "x";
  histogram.add({{}, "observed", 1.0, {}, {}});
  CHECK_NOTHROW(check_figure(histogram));
  histogram.add({{}, "seen", 1.0, {}, {}});
  CHECK_THAT(message_of<Error>([&] { check_figure(histogram); }), Contains("'seen' is none of bar, observed"));
}

TEST_CASE("a figure of a synthetic document says so in its caption; a lost figure is named") {
  const ScratchFolder folder;
  Document document = with(forest());
  document.synthetic = true;
  write_document(document, folder.path());
  CHECK(read_document(folder.path()).sections[0].figures[0].caption == "Synthetic data.");
  std::filesystem::remove(folder.path() / "models/rq1/figures/forest.json");
  CHECK_THAT(message_of<InputError>([&] { read_document(folder.path()); }),
             Contains("forest.json: found No such file"));
}
