#include "report/figure_canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::report {
namespace {

constexpr double kKeyRow = 19, kKeyMarker = 38, kLineHeight = 15;

std::vector<std::pair<double, int>> key_places(const std::vector<Key>& keys) {
  std::vector<std::pair<double, int>> places;
  double x = 12;
  int row = 0;
  for (const Key& key : keys) {
    const double width = kKeyMarker + text_width(key.text);
    if (x > 12 && x + width > kFigureWidth) {
      x = 12;
      ++row;
    }
    places.emplace_back(x, row);
    x += width;
  }
  return places;
}

/// Of the labels at multiples of `step`.
double widest_label(double low, double high, double step) {
  const double first = std::ceil(low / step), count = std::floor((high - low) / step) + 1;
  double widest = 0;
  for (double tic = 0; tic < count; ++tic)
    widest = std::max(widest, text_width(fmt::format("{:.6g}", (first + tic) * step)));
  return widest;
}

std::string end(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : "*"; }

/// Lines of a label that gnuplot takes for a format of the tic's number.
std::string tic_label(const std::vector<std::string>& lines) {
  std::string quoted;
  for (const std::string& line : lines) quoted += (quoted.empty() ? "" : ".\"\\n\".") + quote(line);
  for (std::size_t at = quoted.find('%'); at != std::string::npos; at = quoted.find('%', at + 2))
    quoted.insert(at, "%");
  return quoted;
}

// Sizes are those of 96 pixels per inch: 9 points are 12 pixels of the SVG, PNG is made for 300 dots per inch.
const char* const kTerminals = R"(# Draws {stem}.svg; gnuplot -e 'format="pdf"' or 'format="png"' draws the others.
reset
if (!exists("format")) format = "svg"
points = format eq "svg" ? 1 : 0.75  # of a pixel
font_9 = sprintf(",%.2f", 9 * points); font_10 = sprintf(",%.2f", 10 * points); font_12 = sprintf(",%.2f", 12 * points)
if (format eq "svg") set terminal svg size 680,{height} font "Arial,12" noenhanced butt; set output "{stem}.svg"
if (format eq "pdf") set terminal pdfcairo size 7.0833in,{inches}in font "Arial,9" fontscale 1 noenhanced butt; set output "{stem}.pdf"
if (format eq "png") set terminal pngcairo size 2125,{dots} font "Arial,9" fontscale 3.125 linewidth 3.125 pointscale 3.125 noenhanced butt; set output "{stem}.png"
)";

const char* const kLooks = R"(set datafile separator ","
set datafile missing "NA"
set datafile columnheaders
set encoding utf8
set border 3 linecolor rgb "{ink}" linewidth 1
set tics nomirror out scale 0.5 textcolor rgb "{ink}"
set grid y linetype 1 linecolor rgb "{line}" linewidth 0.6
set style fill solid 1 noborder
set errorbars 0
unset key
)";

}  // namespace

Levels::Levels(const findings::Table& table, const std::string& column) {
  const std::size_t at = table.column(column);
  for (const auto& row : table.rows) index(findings::to_text(row[at]));
}

std::size_t Levels::index(const std::string& text) {
  const auto found = std::find(names_.begin(), names_.end(), text);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  names_.push_back(text);
  return names_.size() - 1;
}

std::string quote(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text)
    if (letter == '"' || letter == '\\' || letter == '`')
      quoted += fmt::format("\\{:03o}", letter);
    else
      quoted += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
  return quoted + "\"";
}

std::string named_tics(char axis, const char* how, const std::vector<std::string>& names, double width) {
  std::string text = fmt::format("set {}tics {} scale 0 (", axis, how);
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format("{}{} {}", i ? ", " : "", tic_label(wrapped(names[i], width)), i + 1);
  return text + ")\n";
}

std::string axis_label(const findings::Axis& axis) {
  return axis.unit.empty() || axis.title.empty() ? axis.title : axis.title + " (" + axis.unit + ")";
}

std::string range(const findings::Axis& axis) { return "[" + end(axis.low) + ":" + end(axis.high) + "]"; }

int key_rows(const std::vector<Key>& keys) { return keys.empty() ? 0 : key_places(keys).back().second + 1; }

double key_height(const std::vector<Key>& keys) { return keys.empty() ? 0 : key_rows(keys) * kKeyRow + 8; }

std::string script_head(const std::string& stem, double height, const std::vector<Key>& keys) {
  using fmt::arg;
  std::string text = fmt::format(fmt::runtime(kTerminals), arg("stem", stem), arg("height", height),
                                 arg("inches", height / 96), arg("dots", static_cast<int>(height * 3.125)));
  text += fmt::format(fmt::runtime(kLooks), arg("ink", kInk), arg("line", kLine));
  text += "set multiplot\n";
  const auto places = key_places(keys);
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += fmt::format(
        "set label {} at screen {:.5f}, screen {:.5f} left point {} offset character 1, 0 textcolor rgb '{}'\n",
        quote(keys[i].text), places[i].first / kFigureWidth, 1 - (places[i].second * kKeyRow + 12) / height,
        keys[i].look, kInk);
  return text;
}

std::string script_end() { return "unset multiplot\nunset output\n"; }

std::string font(int pixels) { return fmt::format("font font_{}", pixels); }

std::vector<std::string> panel_title(const Box& box, const std::string& title) {
  return title.empty() ? std::vector<std::string>{} : wrapped(title, box.right - box.left + 16);
}

std::string panel_box(const Box& box, double height, const std::string& title) {
  return panel_box(box, height, panel_title(box, title));
}

std::string panel_box(const Box& box, double height, const std::vector<std::string>& title) {
  std::string text = fmt::format(
      "set lmargin at screen {:.5f}; set rmargin at screen {:.5f}\nset tmargin at screen {:.5f}; set bmargin at screen "
      "{:.5f}\n",
      box.left / kFigureWidth, box.right / kFigureWidth, 1 - box.top / height, 1 - box.bottom / height);
  double above = box.top + 5 - kLineHeight * static_cast<double>(title.size());
  for (const std::string& line : title) {
    text += fmt::format("set label {} at graph 0, screen {:.5f} left textcolor rgb '{}'\n", quote(line),
                        1 - above / height, kInk);
    above += kLineHeight;
  }
  return text;
}

std::string numeric_axis(char name, const findings::Axis& axis) {
  std::string text = fmt::format("set {}range {}\n", name, range(axis));
  if (axis.reference)
    text += name == 'x' ? fmt::format(
                              "set arrow from first {0}, graph 0 to first {0}, graph 1 nohead back linecolor rgb '{1}' "
                              "dashtype 2\n",
                              *axis.reference, kInk)
                        : fmt::format(
                              "set arrow from graph 0, first {0} to graph 1, first {0} nohead back linecolor rgb '{1}' "
                              "dashtype 2\n",
                              *axis.reference, kInk);
  return text;
}

std::string title_below(const std::vector<std::string>& lines, double from_top, double height) {
  std::string text;
  for (const std::string& line : lines) {
    text += fmt::format("set label {} at graph 0.5, screen {:.5f} center textcolor rgb '{}'\n", quote(line),
                        1 - from_top / height, kInk);
    from_top += kLineHeight;
  }
  return text;
}

std::string title_beside(const findings::Axis& axis, double from_left) {
  if (axis.title.empty()) return "";
  return fmt::format("set label {} at screen {:.5f}, graph 0.5 center rotate textcolor rgb '{}'\n",
                     quote(axis_label(axis)), from_left / kFigureWidth, kInk);
}

double tic_step(double low, double high, double width) {
  constexpr double kApart = 14, kLeastApart = 34;
  if (!(high > low) || !std::isfinite(high - low)) return 1;
  for (double power = std::pow(10.0, std::floor(std::log10(high - low)) - 1);; power *= 10)
    for (const double step : {power, 2 * power, 5 * power})
      if (step / (high - low) * width >= std::max(widest_label(low, high, step) + kApart, kLeastApart)) return step;
}

std::string col(const std::string& name) { return "column(\"" + name + "\")"; }

std::string layer(const std::string& stem, std::size_t panel, int style, const std::vector<std::string>& columns) {
  std::string wanted = fmt::format("{}=={}", col("panel_number"), panel);
  if (style >= 0) wanted += fmt::format(" && {}=={}", col("style_number"), style);
  std::string text = fmt::format("'{}.csv' using ({} ? {} : NaN)", stem, wanted, columns.front());
  for (std::size_t i = 1; i < columns.size(); ++i) text += ":(" + columns[i] + ")";
  return text;
}

std::string plot(const std::vector<std::string>& layers) {
  return fmt::format("plot {}\nunset label; unset arrow\n", fmt::join(layers, ", \\\n     "));
}

std::vector<Box> grid(std::size_t panels, std::size_t columns, double top, const PanelRoom& room) {
  const double width = kFigureWidth / static_cast<double>(columns);
  std::vector<Box> boxes;
  for (std::size_t i = 0; i < panels; ++i) {
    const double left = static_cast<double>(i % columns) * width;
    const double above = top + static_cast<double>(i / columns) * (room.title + room.height + room.below) + room.title;
    boxes.push_back({left + room.left, left + width - kRightOfPanel, above, above + room.height});
  }
  return boxes;
}

double title_room(const Levels& panels, double width, std::size_t further_lines) {
  std::size_t lines = 0;
  for (const std::string& title : panels.names()) lines = std::max(lines, panel_title({0, width, 0, 0}, title).size());
  lines += further_lines;
  return 8 + (lines > 0 ? 14 + kLineHeight * static_cast<double>(lines - 1) : 0);
}

double grid_bottom(const std::vector<Box>& boxes, double bottom_room) { return boxes.back().bottom + bottom_room; }

}  // namespace meridian::report
