#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/colour_bar.hpp"
#include "report/draw_kinds.hpp"
#include "report/matrix_places.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;

/// Of the palette: beyond, white text is easier to read than black.
constexpr double kDarkFrom = 0.72;

/// The three lines of every join. Leaves of rows run downwards, those of columns to the right.
std::string tree_plot(const std::string& stem, bool of_rows) {
  const std::string height = col("value");
  std::vector<std::string> layers;
  const auto line = [&](const std::string& leaf, const std::string& from, const std::string& across,
                        const std::string& up) {
    const std::vector<std::string> columns = of_rows ? std::vector<std::string>{from, leaf + "+1", up, across}
                                                     : std::vector<std::string>{leaf + "+1", from, across, up};
    layers.push_back(layer(stem, 0, of_rows ? 1 : 2, columns) +
                     fmt::format(" with vectors nohead lw 1.2 lc rgb '{}'", kInk));
  };
  line(col("left"), col("left_height"), "0", height + "-" + col("left_height"));
  line(col("left"), height, col("right") + "-" + col("left"), "0");
  line(col("right"), col("right_height"), "0", height + "-" + col("right_height"));
  return "unset xtics; unset ytics; unset border; unset grid; unset colorbox\n" + plot(layers);
}

std::vector<std::string> dot_layers(const MatrixPlaces& places, const std::string& stem, double cell) {
  std::vector<std::string> layers;
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  for (std::size_t one = 0; one < styles.size(); ++one)
    layers.push_back(
        layer(stem, 0, static_cast<int>(one),
              {col("column_number"), col("row_number"), fmt::format("{:.3f}*sqrt({})", cell / 9, col("value"))}) +
        fmt::format(" with points pt 7 ps variable lc rgb '{}'", styles[one].colour));
  return layers;
}

std::vector<std::string> cell_layers(const MatrixPlaces& places, const ColourScale& scale, const std::string& stem) {
  const std::string x = col("column_number"), y = col("row_number");
  std::vector<std::string> layers = {
      layer(stem, 0, 0, {x, y, x + "-0.5", x + "+0.5", y + "-0.5", y + "+0.5", col("value")}) +
      " with boxxyerror fill solid 1 border rgb '#ffffff' fillcolor palette"};
  if (places.columns.size() > 12 || places.rows.size() > 40) return layers;
  const std::string value = col("value"), dark = fmt::format("{}", scale.low + kDarkFrom * (scale.high - scale.low));
  const bool ever_dark = !scale.diverging;
  const auto numbers = [&](const std::string& wanted, const char* colour) {
    layers.push_back(layer(stem, 0, 0, {"(" + wanted + " ? " + x + " : NaN)", y, "sprintf('%.2f', " + value + ")"}) +
                     fmt::format(" with labels {} textcolor rgb '{}'", font(9), colour));
  };
  numbers(ever_dark ? value + " <= " + dark : value + " == " + value, "#000000");  // an empty cell has no number
  if (ever_dark && places.high > scale.low + kDarkFrom * (scale.high - scale.low))
    numbers(value + " > " + dark, "#ffffff");
  return layers;
}

std::vector<Key> keys_of(const MatrixPlaces& places) {
  std::vector<Key> keys;
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  for (std::size_t one = 0; one < places.series.size(); ++one)
    if (!places.series.names()[one].empty())
      keys.push_back({places.series.names()[one], fmt::format("pt 7 ps 1 lc rgb '{}'", styles[one].colour)});
  return keys;
}

std::string tree_panels(const MatrixPlaces& places, const MatrixLayout& layout, const std::string& stem,
                        const std::string& xrange, const std::string& yrange) {
  const Box& box = layout.box;
  std::string script;
  if (places.column_tree)
    script += panel_box({box.left, box.right, box.top - kTree, box.top - 3}, layout.height, "") + xrange +
              "set yrange [0:*]\n" + tree_plot(stem, false);
  if (places.row_tree)
    script += panel_box({box.right + 3, box.right + kTree, box.top, box.bottom}, layout.height, "") +
              "set xrange [0:*]\n" + yrange + tree_plot(stem, true);
  return script;
}

}  // namespace

Drawing draw_matrix(const Figure& figure, const std::string& stem) {
  const MatrixPlaces places(figure);
  const bool dots = figure.kind == FigureKind::dots;
  const std::vector<Key> keys = dots ? keys_of(places) : std::vector<Key>{};
  const MatrixLayout layout(places, figure, dots ? key_height(keys) : kColourBarRoom);
  const ColourScale scale(places, figure.z);
  const std::string xrange = fmt::format("set xrange [0.5:{}.5]\n", places.columns.size());
  const std::string yrange = fmt::format("set yrange [{}.5:0.5]\n", places.rows.size());
  std::string script = script_head(stem, layout.height, keys) + palette(scale.diverging);
  if (!dots)
    script += colour_bar(figure.z, layout.box.right, layout.height) +
              fmt::format("set cbrange [{}:{}]\nset cbtics {:g}\n", scale.low, scale.high,
                          tic_step(scale.low, scale.high, kColourBarWidth));
  script += panel_box(layout.box, layout.height, "") + xrange + yrange + (dots ? "set grid x y\n" : "unset grid\n") +
            "unset border\n" + fmt::format("set tics {}\n", font(layout.font)) + title_beside(figure.y, 12) +
            (figure.x.title.empty() ? "" : title_below({axis_label(figure.x)}, layout.height - 12, layout.height)) +
            named_tics('x', layout.aslant ? "rotate by 45 right" : "norotate center", places.columns.names()) +
            named_tics('y', "norotate", places.rows.names()) +
            plot(dots ? dot_layers(places, stem, layout.cell_height) : cell_layers(places, scale, stem));
  return {places.drawn, script + tree_panels(places, layout, stem, xrange, yrange) + script_end()};
}

}  // namespace meridian::report
