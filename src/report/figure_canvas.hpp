#pragma once
// What the scripts of all kinds share: the page in pixels, boxes for panels, legend, axes, quoting.
#include <cmath>
#include <string>
#include <vector>

#include "findings/figure.hpp"
#include "report/figure_style.hpp"

namespace meridian::report {

/// The width of a figure: 180 mm in print, at 96 pixels per inch.
inline constexpr double kFigureWidth = 680;
/// What a printed page has room for: 240 mm.
inline constexpr double kPageHeight = 900;

/// Distinct texts of a column in the order of their first row.
class Levels {
 public:
  Levels() = default;
  Levels(const findings::Table& table, const std::string& column);
  /// The index of a text, which is added when new.
  std::size_t index(const std::string& text);
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
};

/// Edges in pixels from the left and from the top of the page.
struct Box {
  double left, right, top, bottom;
};

/// One entry of the legend.
struct Key {
  std::string text;
  std::string look;  ///< gnuplot's properties of the marker: "pt 7 lc rgb '#0072b2'"
};

/// "text" as gnuplot reads it literally; control characters become spaces.
std::string quote(const std::string& text);
/// "set ytics norotate ..." with names at 1, 2, ..., each in lines as wide as `width`.
std::string named_tics(char axis, const char* how, const std::vector<std::string>& names, double width = INFINITY);
/// "Similarity (cosine)".
std::string axis_label(const findings::Axis& axis);
/// "[*:1]": the ends asked for, free ones as '*'.
std::string range(const findings::Axis& axis);

/// Rows of the legend on the page's width.
int key_rows(const std::vector<Key>& keys);
/// Height in pixels of the legend, 0 without entries.
double key_height(const std::vector<Key>& keys);

/// The script's head: terminal by `format`, data file, common looks, legend at the top.
std::string script_head(const std::string& stem, double height, const std::vector<Key>& keys);
/// Closes the picture, so that gnuplot can go on with another script.
std::string script_end();
/// The font of a size in pixels of the SVG: 9, 10 or 12.
std::string font(int pixels);
/// A panel's title in lines that end where the next panel begins.
std::vector<std::string> panel_title(const Box& box, const std::string& title);
/// Margins of a panel, its title above it.
std::string panel_box(const Box& box, double height, const std::string& title);
std::string panel_box(const Box& box, double height, const std::vector<std::string>& title);
/// "set yrange ..." and the reference line of the axis.
std::string numeric_axis(char name, const findings::Axis& axis);
/// The titles of a panel's axes, in pixels from the page's edges: gnuplot's own xlabel and ylabel stand elsewhere in
/// SVG than in PDF, and are cut there. The x axis's title is in lines, the first `from_top`.
std::string title_below(const std::vector<std::string>& lines, double from_top, double height);
std::string title_beside(const findings::Axis& axis, double from_left);
/// The smallest step of 1, 2 or 5 times a power of ten at which the labels from `low` to `high` do not touch on `width`
/// pixels.
double tic_step(double low, double high, double width);
/// `using` of a layer: rows of a panel and style, columns or expressions in order; other rows are passed over.
std::string layer(const std::string& stem, std::size_t panel, int style, const std::vector<std::string>& columns);
/// column("name")
std::string col(const std::string& name);
/// "plot a, b" over several lines; labels and arrows belong to one panel and go with it (the legend to the first).
std::string plot(const std::vector<std::string>& layers);

/// Pixels of a panel and around it: its title above, names and titles of the axes left and below.
struct PanelRoom {
  double title, left, below, height;
};

/// Boxes of panels in `columns` columns below `top`.
std::vector<Box> grid(std::size_t panels, std::size_t columns, double top, const PanelRoom& room);
inline constexpr double kRightOfPanel = 18;
/// Room for the panels' titles, wrapped above panels of `width`, with `further_lines` under them.
double title_room(const Levels& panels, double width, std::size_t further_lines = 0);
double grid_bottom(const std::vector<Box>& boxes, double bottom_room);

}  // namespace meridian::report
