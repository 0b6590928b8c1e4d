#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "report/colour_bar.hpp"
#include "report/draw_kinds.hpp"
#include "report/figure_canvas.hpp"
#include "report/label_sides.hpp"
#include "report/plane_places.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Kind;

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

/// Dashed lines lie over solid ones: where two series agree, both are seen.
void add_curves(const PlanePlaces& places, std::size_t panel, const std::string& stem,
                std::vector<std::string>& layers) {
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  for (std::size_t one = 0; one < styles.size(); ++one)
    if (places.has_numbers(panel, one, "low"))
      layers.push_back(layer(stem, panel, static_cast<int>(one), {col("x"), col("low"), col("high")}) +
                       fmt::format(" with filledcurves fill transparent solid 0.35 lc rgb '{}'", styles[one].tint));
  for (const bool solid : {true, false})
    for (std::size_t one = 0; one < styles.size(); ++one)
      if ((styles[one].dash == 1) == solid && places.has_numbers(panel, one, "value"))
        layers.push_back(layer(stem, panel, static_cast<int>(one), {col("x"), col("value")}) +
                         fmt::format(" with linespoints pt {} ps 0.5 lw 1.8 dt {} lc rgb '{}'", styles[one].filled,
                                     styles[one].dash, styles[one].colour));
}

bool within(const findings::Axis& axis, const findings::Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value && *value >= axis.low && *value <= axis.high;
}

/// In the script, for gnuplot does not read the quotes and backslashes of a CSV file as they stand.
std::string point_names(const Figure& figure, const PlanePlaces& places, std::size_t panel) {
  static const std::map<std::string, const char*> sides = {{"right", "left offset character 0.9, 0"},
                                                           {"left", "right offset character -0.9, 0"},
                                                           {"above", "center offset character 0, 0.75"},
                                                           {"below", "center offset character 0, -0.75"}};
  const findings::Table& table = places.drawn;
  const std::size_t x = table.column("x"), y = table.column("y"), number = table.column("panel_number");
  std::string text;
  for (const auto& row : table.rows) {
    const std::string name = findings::to_text(row[table.column("label")]);
    const bool here = row[number] == findings::Cell{static_cast<std::int64_t>(panel)};
    if (name.empty() || !here || !within(figure.x, row[x]) || !within(figure.y, row[y])) continue;
    text += fmt::format("set label {} at {}, {} {} front {} textcolor rgb '{}'\n", quote(name),
                        std::get<double>(row[x]), std::get<double>(row[y]),
                        sides.at(findings::to_text(row[table.column("label_side")])), font(kNameFont), kInk);
  }
  return text;
}

void add_scatter(const PlanePlaces& places, std::size_t panel, const std::string& stem,
                 std::vector<std::string>& layers) {
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  const double size = has_names(places.drawn) ? 0.9 : 0.55;
  for (std::size_t one = 0; one < styles.size(); ++one)
    if (places.has_numbers(panel, one, "x"))
      layers.push_back(
          layer(stem, panel, static_cast<int>(one), {col("x"), col("y")}) +
          fmt::format(" with points pt {} ps {} lc rgb '{}'", styles[one].filled, size, styles[one].colour));
}

/// The observed values of a histogram's panel.
std::vector<double> observed(const PlanePlaces& places, std::size_t panel) {
  const findings::Table& table = places.drawn;
  const std::size_t part = table.column("part"), from = table.column("from"), number = table.column("panel_number");
  std::vector<double> values;
  for (const auto& row : table.rows)
    if (findings::to_text(row[part]) == "observed" && row[number] == findings::Cell{static_cast<std::int64_t>(panel)})
      values.push_back(std::get<double>(row[from]));
  return values;
}

std::string observed_lines(const std::vector<double>& values) {
  std::string text;
  for (const double value : values)
    text += fmt::format("set arrow from first {0}, graph 0 to first {0}, graph 1 nohead front lw 2 lc rgb '#d55e00'\n",
                        value);
  return text;
}

/// The panel's title with the observed values under it.
std::vector<std::string> title_of(const PlanePlaces& places, std::size_t panel, const Box& box,
                                  const std::vector<double>& values) {
  std::vector<std::string> lines = panel_title(box, places.panels.names()[panel]);
  if (values.empty()) return lines;
  std::string words = "observed";
  for (const double value : values) words += fmt::format(" {:.3g}", value);
  lines.push_back(words);
  return lines;
}

/// Labels of the x axis that do not touch; gnuplot's own choice knows nothing of narrow panels.
std::string x_tics(const Figure& figure, const PlanePlaces& places, std::size_t panel, double width) {
  double low = INFINITY, high = -INFINITY;
  for (const char* column : {"x", "from", "to", "x_from", "x_to"}) {
    const auto [least, most] = places.ends(panel, column);
    low = std::min(low, least);
    high = std::max(high, most);
  }
  low = figure.x.low.value_or(low);
  high = figure.x.high.value_or(high);
  return low < high ? fmt::format("set xtics {:g}\n", tic_step(low, high, width)) : "set xtics autofreq\n";
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

Drawing draw_plane(const Figure& given, const std::string& stem) {
  Figure figure = given;
  PlanePlaces places(figure);
  const std::vector<Key> keys = keys_of(figure, places);
  const std::size_t panels = places.panels.size(), columns = std::min<std::size_t>(panels, panels == 4 ? 2 : 3);
  const bool histogram = figure.kind == FigureKind::histogram, tiles = figure.kind == FigureKind::tiles;
  const double left = 78, below = 58, panel_height = panels == 1 ? 300 : 200;
  const double width = kFigureWidth / static_cast<double>(columns) - left - kRightOfPanel;
  const double top = key_height(keys) + (tiles ? 34 : 0);
  const std::vector<Box> boxes =
      grid(panels, columns, top, {title_room(places.panels, width, histogram ? 1 : 0), left, below, panel_height});
  const bool named = figure.kind == FigureKind::scatter && has_names(figure.data);
  if (named) place_names(figure, places, width, panel_height);
  const double height = std::ceil(grid_bottom(boxes, below));
  std::string script = script_head(stem, height, keys);
  if (tiles)
    script += palette(false) + "set palette maxcolors 8\nset logscale cb\n" +
              colour_bar(figure.z, boxes.front().right, height);
  for (std::size_t panel = 0; panel < panels; ++panel) {
    const std::vector<double> marked = histogram ? observed(places, panel) : std::vector<double>{};
    script += panel_box(boxes[panel], height, title_of(places, panel, boxes[panel], marked)) +
              numeric_axis('x', figure.x) + numeric_axis('y', figure.y) + x_tics(figure, places, panel, width) +
              title_below({axis_label(figure.x)}, boxes[panel].bottom + 40, height) +
              title_beside(figure.y, boxes[panel].left - left + 14) + observed_lines(marked) +
              (named ? point_names(figure, places, panel) : "") + plot(layers_of(figure, places, panel, stem));
    if (tiles) script += "unset colorbox\n";
  }
  return {places.drawn, script + script_end()};
}

}  // namespace meridian::report
