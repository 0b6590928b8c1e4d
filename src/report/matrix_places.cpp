#include "report/matrix_places.hpp"

#include <algorithm>

namespace meridian::report {
namespace {

using findings::Figure;
using findings::Kind;

double longest(const Levels& levels) {
  double width = 0;
  for (const std::string& name : levels.names()) width = std::max(width, text_width(name));
  return width;
}

}  // namespace

MatrixPlaces::MatrixPlaces(const Figure& figure) : drawn(figure.data) {
  const bool dots = figure.kind == findings::FigureKind::dots;
  drawn.columns.insert(drawn.columns.end(), {{"panel_number", Kind::integer, ""},
                                             {"style_number", Kind::integer, ""},
                                             {"row_number", Kind::integer, ""},
                                             {"column_number", Kind::integer, ""}});
  for (auto& row : drawn.rows) place(row, dots);
}

void MatrixPlaces::place(std::vector<findings::Cell>& row, bool dots) {
  const std::string part = dots ? "cell" : findings::to_text(row[drawn.column("part")]);
  std::int64_t style = part == "cell" ? 0 : part == "row_tree" ? 1 : 2;
  row_tree = row_tree || style == 1;
  column_tree = column_tree || style == 2;
  findings::Cell at_row, at_column;
  if (style == 0) {
    at_row = static_cast<std::int64_t>(rows.index(findings::to_text(row[drawn.column("row")])) + 1);
    at_column = static_cast<std::int64_t>(columns.index(findings::to_text(row[drawn.column("column")])) + 1);
    if (const auto* value = std::get_if<double>(&row[drawn.column("value")]); value && std::isfinite(*value)) {
      low = std::min(low, *value);
      high = std::max(high, *value);
    }
  }
  if (dots) style = static_cast<std::int64_t>(series.index(findings::to_text(row[drawn.column("series")])));
  row.insert(row.end(), {std::int64_t{0}, style, at_row, at_column});
}

ColourScale::ColourScale(const MatrixPlaces& places, const findings::Axis& z)
    : diverging(places.low < 0 && places.high > 0) {
  const bool any = places.low <= places.high;
  const double most = std::max(-places.low, places.high);
  low = z.low.value_or(diverging ? -most : any ? places.low : 0);
  high = z.high.value_or(diverging ? most : any ? places.high : 1);
  if (high > low) return;
  low -= 0.5;
  high += 0.5;
}

MatrixLayout::MatrixLayout(const MatrixPlaces& places, const Figure& figure, double legend) {
  constexpr double kWidest = 92, kLowest = 11, kHighest = 24, kLowForText = 14;
  const double left = longest(places.rows) + (figure.y.title.empty() ? 26 : 46);
  const double across = kFigureWidth - left - (places.row_tree ? kTree + 8 : 12);
  const double columns = static_cast<double>(places.columns.size()), rows = static_cast<double>(places.rows.size());
  const double width = std::min(across / columns, kWidest);
  aslant = longest(places.columns) + 6 > width;
  const double below = (aslant ? 0.72 * longest(places.columns) + 24 : 30) + (figure.x.title.empty() ? 4 : 24);
  const double top = legend + (places.column_tree ? kTree : 6);
  const double of_page = std::max((kPageHeight - top - below) / rows, kLowest);
  cell_height = std::min(std::clamp(width, kLowForText, kHighest), of_page);
  if (cell_height < kLowForText) font = 10;
  box = {left, left + width * columns, top, top + cell_height * rows};
  height = std::floor(box.bottom + below);
}

}  // namespace meridian::report
