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
using findings::Table;

constexpr double kTree = 60;  ///< pixels of a dendrogram

/// Rows from top to bottom, columns from left to right, both from 1; style 0: cells, 1: row tree, 2: column tree; of
/// dots the series.
struct MatrixPlaces {
  Levels rows, columns, series;
  Table drawn;
  bool row_tree = false, column_tree = false, negative = false, positive = false;
  explicit MatrixPlaces(const Figure& figure) : drawn(figure.data) {
    const bool dots = figure.kind == FigureKind::dots;
    drawn.columns.insert(drawn.columns.end(), {{"panel_number", Kind::integer, ""},
                                               {"style_number", Kind::integer, ""},
                                               {"row_number", Kind::integer, ""},
                                               {"column_number", Kind::integer, ""}});
    for (auto& row : drawn.rows) place(row, dots);
  }

 private:
  void place(std::vector<findings::Cell>& row, bool dots) {
    const std::string part = dots ? "cell" : findings::to_text(row[drawn.column("part")]);
    std::int64_t style = part == "cell" ? 0 : part == "row_tree" ? 1 : 2;
    row_tree = row_tree || style == 1;
    column_tree = column_tree || style == 2;
    findings::Cell at_row, at_column;
    if (style == 0) {
      at_row = static_cast<std::int64_t>(rows.index(findings::to_text(row[drawn.column("row")])) + 1);
      at_column = static_cast<std::int64_t>(columns.index(findings::to_text(row[drawn.column("column")])) + 1);
      if (const auto* value = std::get_if<double>(&row[drawn.column("value")])) {
        negative = negative || *value < 0;
        positive = positive || *value > 0;
      }
    }
    if (dots) style = static_cast<std::int64_t>(series.index(findings::to_text(row[drawn.column("series")])));
    row.insert(row.end(), {std::int64_t{0}, style, at_row, at_column});
  }
};

std::string tics(char axis, const Levels& levels, const char* how) {
  std::string text = fmt::format("set {}tics {} scale 0 (", axis, how);
  for (std::size_t i = 0; i < levels.size(); ++i)
    text += fmt::format("{}{} {}", i ? ", " : "", quote(levels.names()[i]), i + 1);
  return text + ")\n";
}

double longest(const Levels& levels) {
  double width = 0;
  for (const std::string& name : levels.names()) width = std::max(width, text_width(name));
  return width;
}

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
  return "unset xtics; unset ytics; unset border; unset grid; unset colorbox; set xlabel ''; set ylabel ''\n" +
         plot(layers);
}

std::string colour_bar(const Figure& figure, double height) {
  return fmt::format(
      "set colorbox horizontal user origin screen 0.55, screen {:.5f} size screen 0.4, screen {:.5f}\n"
      "set cbtics offset 0, character 0.6 textcolor rgb '{}'\nset label {} at screen 0.53, screen {:.5f} right "
      "textcolor rgb '{}'\n",
      1 - 14 / height, 9 / height, kInk, quote(axis_label(figure.z)), 1 - 10 / height, kInk);
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

std::vector<std::string> cell_layers(const MatrixPlaces& places, const std::string& stem) {
  const std::string x = col("column_number"), y = col("row_number");
  std::vector<std::string> layers = {
      layer(stem, 0, 0, {x, y, x + "-0.5", x + "+0.5", y + "-0.5", y + "+0.5", col("value")}) +
      " with boxxyerror fill solid 1 border rgb '#ffffff' fillcolor palette"};
  if (places.columns.size() <= 12 && places.rows.size() <= 40)
    layers.push_back(layer(stem, 0, 0, {x, y, "sprintf('%.2f', " + col("value") + ")"}) +
                     fmt::format(" with labels font ',9' textcolor rgb '{}'", kInk));
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

}  // namespace

Drawing draw_matrix(const Figure& figure, const std::string& stem) {
  const MatrixPlaces places(figure);
  const bool dots = figure.kind == FigureKind::dots;
  const std::vector<Key> keys = dots ? keys_of(places) : std::vector<Key>{};
  const double label_left = longest(places.rows) + (figure.y.title.empty() ? 26 : 46);
  const double tree_right = places.row_tree ? kTree + 8 : 12;
  const double across = kFigureWidth - label_left - tree_right;
  const double cell_width = std::min(across / static_cast<double>(places.columns.size()), 64.0);
  const bool aslant = longest(places.columns) + 6 > cell_width;
  const double below = (aslant ? 0.72 * longest(places.columns) + 24 : 30) + (figure.x.title.empty() ? 4 : 24);
  const double cell_height = std::clamp(cell_width, 14.0, 24.0);
  const double top = (dots ? key_height(keys) : 40) + (places.column_tree ? kTree : 6);
  const Box box{label_left, label_left + cell_width * static_cast<double>(places.columns.size()), top,
                top + cell_height * static_cast<double>(places.rows.size())};
  const double height = std::ceil(box.bottom + below);
  const std::string xrange = fmt::format("set xrange [0.5:{}.5]\n", places.columns.size());
  const std::string yrange = fmt::format("set yrange [{}.5:0.5]\n", places.rows.size());
  std::string script = script_head(stem, height, keys) + palette(places.negative && places.positive);
  if (!dots) script += colour_bar(figure, height);
  if (figure.z.low || figure.z.high) script += "set cbrange " + range(figure.z) + "\n";
  script += panel_box(box, height, "") + xrange + yrange + (dots ? "set grid x y\n" : "unset grid\n") +
            "unset border\n" +
            fmt::format("set xlabel {} textcolor rgb '{}'\nset ylabel {} textcolor rgb '{}'\n",
                        quote(axis_label(figure.x)), kInk, quote(axis_label(figure.y)), kInk) +
            tics('x', places.columns, aslant ? "rotate by 45 right" : "norotate center") +
            tics('y', places.rows, "norotate") +
            plot(dots ? dot_layers(places, stem, cell_height) : cell_layers(places, stem));
  if (places.column_tree)
    script += panel_box({box.left, box.right, box.top - kTree, box.top - 3}, height, "") + xrange +
              "set yrange [0:*]\n" + tree_plot(stem, false);
  if (places.row_tree)
    script += panel_box({box.right + 3, box.right + kTree, box.top, box.bottom}, height, "") + "set xrange [0:*]\n" +
              yrange + tree_plot(stem, true);
  return {places.drawn, script + script_end()};
}

}  // namespace meridian::report
