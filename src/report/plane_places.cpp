#include "report/plane_places.hpp"

#include <algorithm>
#include <cmath>

#include "report/label_sides.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Kind;

double number_or_zero(const findings::Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value && std::isfinite(*value) ? *value : 0;
}

/// An axis with fixed ends around the numbers of all panels; around 0 where there is none.
findings::Axis roomy(const PlanePlaces& places, const char* column, findings::Axis axis) {
  double low = INFINITY, high = -INFINITY;
  for (std::size_t panel = 0; panel < places.panels.size(); ++panel) {
    low = std::min(low, places.ends(panel, column).first);
    high = std::max(high, places.ends(panel, column).second);
  }
  if (low > high) low = high = 0;
  const double room = high > low ? 0.07 * (high - low) : 0.5;
  if (!axis.low) axis.low = low - room;
  if (!axis.high) axis.high = high + room;
  return axis;
}

}  // namespace

PlanePlaces::PlanePlaces(const Figure& figure) : panels(figure.data, "panel"), drawn(figure.data) {
  const bool parts = figure.kind == FigureKind::histogram, none = figure.kind == FigureKind::tiles;
  const std::size_t panel = drawn.column("panel"), style = none ? panel : drawn.column(parts ? "part" : "series");
  drawn.columns.insert(drawn.columns.end(), {{"panel_number", Kind::integer, ""}, {"style_number", Kind::integer, ""}});
  for (auto& row : drawn.rows) {
    const std::size_t one = none ? 0 : series.index(findings::to_text(row[style]));
    row.emplace_back(static_cast<std::int64_t>(panels.index(findings::to_text(row[panel]))));
    row.emplace_back(static_cast<std::int64_t>(one));
  }
  const std::size_t at = drawn.columns.size() - 2;
  std::stable_sort(drawn.rows.begin(), drawn.rows.end(), [&](const auto& a, const auto& b) {
    return std::pair(a[at], a[at + 1]) < std::pair(b[at], b[at + 1]);
  });
}

bool PlanePlaces::has_numbers(std::size_t panel, std::size_t one, const char* column) const {
  const std::size_t number = drawn.column("panel_number"), style = drawn.column("style_number");
  return std::any_of(drawn.rows.begin(), drawn.rows.end(), [&](const auto& row) {
    return row[number] == findings::Cell{static_cast<std::int64_t>(panel)} &&
           row[style] == findings::Cell{static_cast<std::int64_t>(one)} &&
           std::holds_alternative<double>(row[drawn.column(column)]);
  });
}

std::pair<double, double> PlanePlaces::ends(std::size_t panel, std::string_view column) const {
  const std::size_t number = drawn.column("panel_number");
  double low = INFINITY, high = -INFINITY;
  for (std::size_t at = 0; at < drawn.columns.size(); ++at)
    for (const auto& row : drawn.rows) {
      if (drawn.columns[at].name != column || row[number] != findings::Cell{static_cast<std::int64_t>(panel)}) continue;
      if (const auto* value = std::get_if<double>(&row[at]); value && std::isfinite(*value)) {
        low = std::min(low, *value);
        high = std::max(high, *value);
      }
    }
  return {low, high};
}

bool has_names(const findings::Table& table) {
  const std::size_t label = table.column("label");
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return !findings::to_text(row[label]).empty(); });
}

void place_names(Figure& figure, PlanePlaces& places, double width, double height) {
  figure.x = roomy(places, "x", figure.x);
  figure.y = roomy(places, "y", figure.y);
  findings::Table& table = places.drawn;
  const std::size_t x = table.column("x"), y = table.column("y"), label = table.column("label");
  const std::size_t number = table.column("panel_number");
  table.columns.push_back({"label_side", Kind::text, ""});
  for (std::size_t first = 0; first < table.rows.size();) {
    std::vector<NamedPoint> points;
    std::size_t row = first;
    for (; row < table.rows.size() && table.rows[row][number] == table.rows[first][number]; ++row) {
      const double across = (number_or_zero(table.rows[row][x]) - *figure.x.low) / (*figure.x.high - *figure.x.low);
      const double up = (number_or_zero(table.rows[row][y]) - *figure.y.low) / (*figure.y.high - *figure.y.low);
      points.push_back({across * width, (1 - up) * height, findings::to_text(table.rows[row][label])});
    }
    for (const std::string& side : label_sides(points, width, height)) table.rows[first++].emplace_back(side);
  }
}

}  // namespace meridian::report
