#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "report/draw_kinds.hpp"

namespace meridian::report {
namespace {

using findings::Figure;

constexpr double kTicRoom = 34, kAxisRoom = 54, kLineRoom = 15, kRight = 14, kLeastWidth = 125;

double wanted_row(const CategoryPlaces& places) {
  return std::max(17.0, 9.0 * static_cast<double>(places.side_by_side()) + 4);
}

/// Lower where a lone panel, or one that goes on in a second column, would be higher than a printed page.
double row_height(const CategoryPlaces& places) {
  constexpr double kAround = 100;
  const double lanes = static_cast<double>(places.side_by_side()), wanted = wanted_row(places);
  if (places.panels.size() > 2) return wanted;
  const double of_page = (kPageHeight - kAround) / static_cast<double>(places.most_categories());
  return std::clamp(of_page, std::min(wanted, std::max(13.0, 6.0 * lanes + 3)), wanted);
}

/// A lone panel longer than a printed page goes on in a second column where names leave room for two.
Figure folded(Figure figure) {
  const CategoryPlaces places(figure);
  if (places.panels.size() > 1) return figure;
  const std::vector<std::string>& names = places.categories.front().names();
  const bool fits = kFigureWidth / 2 - places.longest_label() - 20 - kRight >= kLeastWidth;
  if (!fits || wanted_row(places) * static_cast<double>(names.size()) < kPageHeight) return figure;
  const std::set<std::string> second(names.begin() + static_cast<std::ptrdiff_t>((names.size() + 1) / 2), names.end());
  const std::size_t panel = figure.data.column("panel"), category = figure.data.column("category");
  for (auto& row : figure.data.rows)
    if (second.count(findings::to_text(row[category])) != 0) row[panel] = std::string("(continued)");
  return figure;
}

/// Where the panels stand. Panels of the same categories share the names at the left; others with short names stand two
/// in a row, each with its own.
struct ForestLayout {
  std::size_t columns = 1;
  bool shared = false;
  double names;                    ///< room for the names of the categories
  double height;                   ///< of the page
  double titles;                   ///< room for a panel's title
  std::vector<std::string> title;  ///< of the axis, in lines as wide as a panel
  std::vector<Box> boxes;

  ForestLayout(const CategoryPlaces& places, const std::string& axis, double top) : names(places.longest_label() + 20) {
    const std::size_t panels = places.panels.size();
    shared = panels > 1 && panels <= 3 && places.same_categories() && across(panels) >= kLeastWidth;
    if (shared)
      columns = panels;
    else if (panels > 1 && kFigureWidth / 2 - names - kRight >= kLeastWidth)
      columns = 2;
    const double width = shared ? across(columns) : kFigureWidth / static_cast<double>(columns) - names - kRight;
    title = wrapped(axis, width);
    titles = title_room(places.panels, width);
    for (std::size_t first = 0; first < panels; first += columns) top = add_row(places, first, top);
    height = std::ceil(top);
  }
  bool names_at(std::size_t panel) const { return !shared || panel == 0; }
  bool titled_axis(std::size_t panel) const { return panel + columns >= boxes.size(); }

 private:
  double across(std::size_t side_by_side) const {
    return (kFigureWidth - names) / static_cast<double>(side_by_side) - kRight;
  }
  /// Returns where the next row begins.
  double add_row(const CategoryPlaces& places, std::size_t first, double top) {
    const std::size_t panels = places.panels.size(), last = std::min(first + columns, panels);
    const double row = row_height(places);
    const double above = top + titles;
    std::size_t most = 0;
    for (std::size_t panel = first; panel < last; ++panel) most = std::max(most, places.categories[panel].size());
    for (std::size_t panel = first; panel < last; ++panel) {
      const double place = static_cast<double>(panel - first), own = kFigureWidth / static_cast<double>(columns);
      const double left = shared ? names + place * (across(columns) + kRight) : place * own + names;
      const double right = shared ? left + across(columns) : (place + 1) * own - kRight;
      const double rows = static_cast<double>(places.categories[panel].size());
      boxes.push_back({left, right, above, above + row * rows + 8});
    }
    const double axis_room = kAxisRoom + kLineRoom * (static_cast<double>(title.size()) - 1);
    return above + row * static_cast<double>(most) + 8 + (last == panels ? axis_room : kTicRoom + 6);
  }
};

/// One tic alone is no scale: the axis is widened to the nearest ones.
void widen_to_two_tics(findings::Axis& axis, double step) {
  const double first = std::ceil(*axis.low / step), last = std::floor(*axis.high / step);
  if (last > first) return;
  const double below = (first - 1) * step, above = (last + 1) * step;
  const bool none = last < first, lower_is_nearer = *axis.low - below <= above - *axis.high;
  if (none || lower_is_nearer) axis.low = below;
  if (none || !lower_is_nearer) axis.high = above;
}

/// The axis of a panel with its tics.
std::string value_axis(const Figure& figure, const std::string& panel, double width) {
  Figure shown = figure;
  if (figure.x.panel_ends)
    std::erase_if(shown.data.rows,
                  [&](const auto& row) { return findings::to_text(row[figure.data.column("panel")]) != panel; });
  findings::Axis value = padded(shown, figure.x, false);
  if (!value.low || !value.high) return numeric_axis('x', value);
  const double step = tic_step(*value.low, *value.high, width);
  widen_to_two_tics(value, step);
  return numeric_axis('x', value) + fmt::format("set xtics {:g}\n", step);
}

std::string names(const CategoryPlaces& places, const ForestLayout& layout, std::size_t panel) {
  const std::string text = fmt::format("set yrange [{}.6:0.4]\n", places.categories[panel].size());
  if (!layout.names_at(panel)) return text + "unset ytics\n";
  return text + named_tics('y', "norotate", places.categories[panel].names());
}

}  // namespace

Drawing draw_forest(const Figure& figure, const std::string& stem) {
  const CategoryPlaces places(folded(figure));
  const std::vector<Key> keys = places.keys(false);
  const ForestLayout layout(places, axis_label(figure.x), key_height(keys));
  std::string script = script_head(stem, layout.height, keys) + "set grid x noy\nset border 1\n";
  for (std::size_t panel = 0; panel < places.panels.size(); ++panel) {
    const Box& box = layout.boxes[panel];
    const std::string& name = places.panels.names()[panel];
    script += panel_box(box, layout.height, name) + value_axis(figure, name, box.right - box.left) +
              (layout.titled_axis(panel) ? title_below(layout.title, box.bottom + 38, layout.height) : "");
    script += names(places, layout, panel) + plot(category_layers(figure, places, panel, stem, true));
  }
  return {places.drawn, script + script_end()};
}

}  // namespace meridian::report
