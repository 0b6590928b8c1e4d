#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/draw_kinds.hpp"
#include "report/figure_canvas.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Kind;

/// The figure's rows with panel_number and style_number, a panel's series together: a line must not be interrupted.
struct PlanePlaces {
  Levels panels, series;
  findings::Table drawn;
  explicit PlanePlaces(const Figure& figure) : panels(figure.data, "panel"), drawn(figure.data) {
    const bool parts = figure.kind == FigureKind::histogram, none = figure.kind == FigureKind::tiles;
    const std::size_t panel = drawn.column("panel"), style = none ? panel : drawn.column(parts ? "part" : "series");
    drawn.columns.insert(drawn.columns.end(),
                         {{"panel_number", Kind::integer, ""}, {"style_number", Kind::integer, ""}});
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
};

std::vector<Key> keys_of(const Figure& figure, const PlanePlaces& places) {
  std::vector<Key> keys;
  if (figure.kind == FigureKind::histogram || figure.kind == FigureKind::tiles) return keys;
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  for (std::size_t one = 0; one < places.series.size(); ++one)
    if (!places.series.names()[one].empty())
      keys.push_back(
          {places.series.names()[one], fmt::format("pt {} ps 1 lc rgb '{}'", styles[one].filled, styles[one].colour)});
  return keys;
}

std::pair<double, double> ends_of(const findings::Table& table, const char* column) {
  double low = INFINITY, high = -INFINITY;
  for (const auto& row : table.rows)
    if (const auto* value = std::get_if<double>(&row[table.column(column)])) {
      low = std::min(low, *value);
      high = std::max(high, *value);
    }
  return {low, high};
}

double middle_of(const findings::Table& table, const char* column) {
  const auto [low, high] = ends_of(table, column);
  return (low + high) / 2;
}

/// Labels stand at the right of their points: the last ones need room.
findings::Axis with_label_room(const findings::Table& table, findings::Axis axis) {
  const auto [low, high] = ends_of(table, "x");
  if (!axis.low) axis.low = low - 0.04 * (high - low);
  if (!axis.high) axis.high = high + 0.2 * (high - low);
  return axis;
}

bool has_labels(const findings::Table& table) {
  const std::size_t label = table.column("label");
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return !findings::to_text(row[label]).empty(); });
}

void add_curves(const PlanePlaces& places, std::size_t panel, const std::string& stem,
                std::vector<std::string>& layers) {
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  for (std::size_t one = 0; one < styles.size(); ++one)
    layers.push_back(layer(stem, panel, static_cast<int>(one), {col("x"), col("low"), col("high")}) +
                     fmt::format(" with filledcurves fill transparent solid 0.35 lc rgb '{}'", styles[one].tint));
  for (std::size_t one = 0; one < styles.size(); ++one)
    layers.push_back(layer(stem, panel, static_cast<int>(one), {col("x"), col("value")}) +
                     fmt::format(" with linespoints pt {} ps 0.5 lw 1.8 dt {} lc rgb '{}'", styles[one].filled,
                                 styles[one].dash, styles[one].colour));
}

void add_scatter(const PlanePlaces& places, std::size_t panel, const std::string& stem,
                 std::vector<std::string>& layers) {
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  const bool labels = has_labels(places.drawn);
  for (std::size_t one = 0; one < styles.size(); ++one)
    layers.push_back(layer(stem, panel, static_cast<int>(one), {col("x"), col("y")}) +
                     fmt::format(" with points pt {} ps {} lc rgb '{}'", styles[one].filled, labels ? 0.9 : 0.55,
                                 styles[one].colour));
  if (labels)
    layers.push_back(layer(stem, panel, -1, {col("x"), col("y"), "stringcolumn(\"label\")"}) +
                     fmt::format(" with labels left offset character 0.7, 0.3 font ',10' textcolor rgb '{}'", kInk));
}

/// The observed value as a line over the whole panel, its number in the corner that is farther from it.
std::string observed_marks(const PlanePlaces& places, std::size_t panel) {
  std::string text;
  const findings::Table& table = places.drawn;
  const double middle = middle_of(table, "from");
  const std::size_t part = table.column("part"), from = table.column("from"), number = table.column("panel_number");
  for (const auto& row : table.rows) {
    if (findings::to_text(row[part]) != "observed" ||
        std::get<std::int64_t>(row[number]) != static_cast<std::int64_t>(panel))
      continue;
    const double value = std::get<double>(row[from]);
    const std::string at = findings::to_text(row[from]);
    text +=
        fmt::format("set arrow from first {0}, graph 0 to first {0}, graph 1 nohead front lw 2 lc rgb '#d55e00'\n", at);
    text += fmt::format("set label {} at graph {} textcolor rgb '{}'\n", quote(fmt::format("observed {:.3g}", value)),
                        value > middle ? "0.02, graph 0.95 left" : "0.98, graph 0.95 right", kInk);
  }
  return text;
}

std::vector<std::string> layers_of(const Figure& figure, const PlanePlaces& places, std::size_t panel,
                                   const std::string& stem) {
  std::vector<std::string> layers;
  if (figure.kind == FigureKind::tiles)
    layers.push_back(
        layer(stem, panel, -1,
              {"0.5*(" + col("x_from") + "+" + col("x_to") + ")", "0.5*(" + col("y_from") + "+" + col("y_to") + ")",
               col("x_from"), col("x_to"), col("y_from"), col("y_to"), col("value")}) +
        " with boxxyerror fill solid 1 noborder fillcolor palette");
  if (figure.kind == FigureKind::histogram)
    layers.push_back(
        layer(stem, panel, -1,
              {"0.5*(" + col("from") + "+" + col("to") + ")", col("value"), col("to") + "-" + col("from")}) +
        " with boxes fill solid 1 border rgb '#ffffff' lc rgb '#8fc1e3'");
  if (figure.kind == FigureKind::curves) add_curves(places, panel, stem, layers);
  if (figure.kind == FigureKind::scatter) add_scatter(places, panel, stem, layers);
  if (figure.kind == FigureKind::tiles && figure.y.reference)  // tiles would cover a line behind them
    layers.push_back(fmt::format("{} with lines lw 1 dt 2 lc rgb '{}'", *figure.y.reference, kInk));
  if (figure.y.identity) layers.push_back(fmt::format("x with lines lw 1 dt 2 lc rgb '{}'", kInk));
  return layers;
}

}  // namespace

Drawing draw_plane(const Figure& figure, const std::string& stem) {
  const PlanePlaces places(figure);
  const std::vector<Key> keys = keys_of(figure, places);
  const std::size_t panels = places.panels.size(), columns = std::min<std::size_t>(panels, panels == 4 ? 2 : 3);
  const bool histogram = figure.kind == FigureKind::histogram, tiles = figure.kind == FigureKind::tiles;
  const bool labels = figure.kind == FigureKind::scatter && has_labels(figure.data);
  const double room = 58, panel_height = panels == 1 ? 300 : 200;
  const double top = key_height(keys) + (histogram ? 14 : 0) + (tiles ? 34 : 0);
  const std::vector<Box> boxes = grid(panels, columns, top, panel_height, 78, room);
  const double height = std::ceil(grid_bottom(boxes, room));
  std::string script = script_head(stem, height, keys);
  if (tiles)
    script += palette(false) + "set palette maxcolors 8\n" +
              fmt::format(
                  "set logscale cb\nset colorbox horizontal user origin screen 0.55, screen {:.5f} size "
                  "screen 0.4, screen {:.5f}\n"
                  "set cbtics offset 0, character 0.6 textcolor rgb '{}'\n"
                  "set label {} at screen 0.53, screen {:.5f} right textcolor rgb '{}'\n",
                  1 - 14 / height, 9 / height, kInk, quote(axis_label(figure.z)), 1 - 10 / height, kInk);
  for (std::size_t panel = 0; panel < panels; ++panel) {
    script += panel_box(boxes[panel], height, places.panels.names()[panel]) +
              numeric_axis('x', labels ? with_label_room(figure.data, figure.x) : figure.x) +
              numeric_axis('y', figure.y);
    if (histogram) script += observed_marks(places, panel);
    script += plot(layers_of(figure, places, panel, stem));
    if (tiles) script += "unset colorbox\n";
  }
  return {places.drawn, script + script_end()};
}

}  // namespace meridian::report
