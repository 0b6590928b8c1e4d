#include "findings/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "error.hpp"

namespace meridian::findings {
namespace {

struct KindFacts {
  FigureKind kind;
  const char* name;
  std::vector<Column> columns;
  std::vector<std::string> parts;  ///< what column `part` may say
  bool numeric_x, numeric_y;
};

Column words(const char* name) { return {name, Kind::text, ""}; }
Column number(const char* name) { return {name, Kind::real, ""}; }

std::vector<Column> by_category() {
  return {words("panel"),  words("category"), words("series"), words("shade"),
          number("value"), number("low"),     number("high"),  {"n", Kind::integer, ""}};
}

using Kinds = std::array<KindFacts, 10>;

const Kinds& kinds() {
  static const Kinds all = {
      {{FigureKind::points_and_means,
        "points_and_means",
        {words("panel"),
         words("category"),
         words("series"),
         words("part"),
         number("value"),
         number("low"),
         number("high"),
         {"n", Kind::integer, ""}},
        {"point", "mean"},
        false,
        true},
       {FigureKind::intervals, "intervals", by_category(), {}, false, true},
       {FigureKind::forest, "forest", by_category(), {}, true, false},
       {FigureKind::bars, "bars", by_category(), {}, false, true},
       {FigureKind::histogram,
        "histogram",
        {words("panel"), words("part"), number("from"), number("to"), number("value")},
        {"bar", "observed"},
        true,
        true},
       {FigureKind::curves,
        "curves",
        {words("panel"), words("series"), number("x"), number("value"), number("low"), number("high")},
        {},
        true,
        true},
       {FigureKind::scatter,
        "scatter",
        {words("panel"), words("series"), words("label"), number("x"), number("y")},
        {},
        true,
        true},
       {FigureKind::tiles,
        "tiles",
        {words("panel"), number("x_from"), number("x_to"), number("y_from"), number("y_to"), number("value")},
        {},
        true,
        true},
       {FigureKind::heat_map,
        "heat_map",
        {words("part"), words("row"), words("column"), number("value"), number("left"), number("right"),
         number("left_height"), number("right_height")},
        {"cell", "row_tree", "column_tree"},
        false,
        false},
       {FigureKind::dots,
        "dots",
        {words("row"), words("column"), words("series"), number("value")},
        {},
        false,
        false}}};
  return all;
}

const KindFacts& facts(FigureKind kind) {
  return *std::find_if(kinds().begin(), kinds().end(), [&](const KindFacts& known) { return known.kind == kind; });
}

[[noreturn]] void refuse(const Figure& figure, const std::string& what) {
  throw Error(ExitCode::bug, fmt::format("figure {}: {}", figure.name, what));
}

void check_columns(const Figure& figure) {
  const std::vector<Column>& wanted = figure_columns(figure.kind);
  const bool same = std::equal(wanted.begin(), wanted.end(), figure.data.columns.begin(), figure.data.columns.end(),
                               [](const Column& a, const Column& b) { return a.name == b.name && a.kind == b.kind; });
  if (!same) refuse(figure, fmt::format("the columns are not those of {}", figure_kind_name(figure.kind)));
  if (figure.data.rows.empty()) refuse(figure, "no rows");
}

void check_parts(const Figure& figure) {
  const std::vector<std::string>& parts = facts(figure.kind).parts;
  if (parts.empty()) return;
  const std::size_t column = figure.data.column("part");
  for (const std::vector<Cell>& row : figure.data.rows)
    if (std::find(parts.begin(), parts.end(), to_text(row[column])) == parts.end())
      refuse(figure, fmt::format("the part '{}' is none of {}", to_text(row[column]), fmt::join(parts, ", ")));
}

}  // namespace

const std::vector<Column>& figure_columns(FigureKind kind) { return facts(kind).columns; }

Figure make_figure(FigureKind kind, const std::string& name, const std::string& title) {
  Figure figure;
  figure.kind = kind;
  figure.name = name;
  figure.title = title;
  figure.data = {name, title, "", figure_columns(kind), {}};
  return figure;
}

void check_figure(const Figure& figure) {
  if (figure.title.empty() || figure.alt.empty() || figure.sample.empty())
    refuse(figure, "title, alternative text or sample is missing");
  check_columns(figure);
  check_parts(figure);
  const KindFacts& kind = facts(figure.kind);
  if ((kind.numeric_x && figure.x.title.empty()) || (kind.numeric_y && figure.y.title.empty()))
    refuse(figure, "a numeric axis has no title");
}

const char* figure_kind_name(FigureKind kind) { return facts(kind).name; }

FigureKind figure_kind_from(const std::string& name) {
  for (const KindFacts& kind : kinds())
    if (name == kind.name) return kind.kind;
  throw InputError("the figure kind '" + name + "' is not known");
}

}  // namespace meridian::findings
