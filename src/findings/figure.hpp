#pragma once
// What a figure shows: its kind, the numbers drawn, axes with units, and words. Knows nothing of how it is drawn.
#include <optional>
#include <string>
#include <vector>

#include "findings/table.hpp"

namespace meridian::findings {

/// A small closed set. Each kind has fixed columns in `Figure::data` (figure_columns); an empty `panel` or `series` is
/// "the only one". Panels, categories and series are drawn in the order in which the rows first name them.
enum class FigureKind {
  points_and_means,  ///< single values behind their mean with interval, by category and series: y against category
  intervals,         ///< one value with interval per category and series: y against category
  forest,            ///< the same lying: x against category (coefficients by method; a caterpillar of random effects)
  bars,              ///< the same as bars from 0, with whiskers where low and high are given
  histogram,         ///< bars between `from` and `to`; part "observed" is a marked value (permutation distribution)
  curves,            ///< value against x, one line per series, a band where low and high are given
  scatter,           ///< labelled points
  tiles,             ///< counts in cells of a plane: `value` in [x_from, x_to) x [y_from, y_to)
  heat_map,          ///< rows x columns; parts "row_tree" and "column_tree" are joins of a dendrogram
  dots               ///< rows x columns of dots whose area is `value`, a share in [0, 1]
};

struct Axis {
  std::string title;                          ///< may be empty where the categories speak for themselves
  std::string unit = {};                      ///< shown in brackets behind the title
  std::optional<double> low = {}, high = {};  ///< ends of the axis; free where absent
  std::optional<double> reference = {};       ///< a line through the whole panel, e.g. at 0
  bool identity = false;                      ///< on y: a line y = x (quantile plots)
  bool panel_ends = false;                    ///< of a forest: each panel has ends of its own, its values another scale
};

struct Figure {
  FigureKind kind = FigureKind::intervals;
  std::string name;      ///< file stem, unique within its section
  std::string title;     ///< what it shows, one line
  std::string caption;   ///< how to read it
  std::string alt;       ///< what a reader who cannot see it must know
  std::string sample;    ///< "3 902 people x 20 models"
  std::string interval;  ///< how the intervals were made; empty where there are none
  Axis x, y;
  Axis z = {};  ///< what colour or area stands for: tiles, heat_map, dots
  Table data;

  /// Appends a row of `data`; throws Error(bug) if a cell does not fit its column.
  void add(std::vector<Cell> row) { data.add(std::move(row)); }
};

/// The columns of a kind. points_and_means: panel category series part value low high n, part being "point" or "mean".
/// intervals, forest, bars: panel category series shade value low high n (shade: a second grouping drawn as filled and
/// open). histogram: panel part from to value, part being "bar" or "observed" (at `from`). curves: panel series x value
/// low high. scatter: panel series label x y. tiles: panel x_from x_to y_from y_to value. heat_map: part row column
/// value left right left_height right_height, part being "cell" or a tree's; a join connects leaf positions left and
/// right (0 is the first row or column; a joined group lies at the middle of its two), whose own heights are
/// left_height and right_height, at height value. dots: row column series value.
const std::vector<Column>& figure_columns(FigureKind kind);

/// A figure without rows, with the columns of its kind.
Figure make_figure(FigureKind kind, const std::string& name, const std::string& title);

/// Throws Error(bug) unless there are rows with the kind's columns, a title, an alternative text, a sample, a title on
/// every numeric axis, and only parts that the kind knows.
void check_figure(const Figure& figure);

const char* figure_kind_name(FigureKind kind);
/// Throws InputError for another name.
FigureKind figure_kind_from(const std::string& name);

}  // namespace meridian::findings
