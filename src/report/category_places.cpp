#include "report/category_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "report/point_cloud.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Kind;
using findings::Table;

double number_at(const Table& table, std::size_t row, const char* column) {
  const auto* value = std::get_if<double>(&table.rows[row][table.column(column)]);
  return value ? *value : std::nan("");
}

std::string text_at(const Table& table, std::size_t row, const char* column) {
  return findings::to_text(table.rows[row][table.column(column)]);
}

/// Whether no category of a panel has two rows: the marks then need no lanes, whatever their series.
bool one_mark_each(const Table& table) {
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (!seen.emplace(text_at(table, row, "panel"), text_at(table, row, "category")).second) return false;
  return true;
}

/// Which panel, category, series and shade a row of the figure belongs to.
struct Mark {
  std::size_t panel, category, series, shade;
  bool point;  ///< a single value behind a mean
  int style() const { return static_cast<int>(series) + static_cast<int>(shade) * kShade + (point ? kPoint : 0); }
};

std::vector<Mark> marks_of(const Figure& figure, CategoryPlaces& places) {
  const bool points = figure.kind == FigureKind::points_and_means;
  std::vector<Mark> marks;
  for (std::size_t row = 0; row < figure.data.rows.size(); ++row) {
    const auto text = [&](const char* column) { return text_at(figure.data, row, column); };
    const std::size_t panel = places.panels.index(text("panel"));
    marks.push_back({panel, places.categories[panel].index(text("category")), places.series.index(text("series")),
                     places.shades.index(points ? "" : text("shade")), points && text("part") == "point"});
  }
  return marks;
}

/// The series and shades of each panel that stand side by side in its categories, in order: what does not occur in a
/// panel keeps no lane free there.
class Lanes {
 public:
  Lanes(const std::vector<Mark>& marks, std::size_t panels, bool alone) : panels_(panels), alone_(alone) {
    for (const Mark& mark : marks) panels_[mark.panel].insert(lane(mark));
  }
  std::size_t most() const {
    std::size_t most = 1;
    for (const auto& lanes : panels_) most = std::max(most, lanes.size());
    return most;
  }
  /// How many lanes a mark stands right of the middle of its category.
  double aside(const Mark& mark) const {
    const auto& lanes = panels_[mark.panel];
    return static_cast<double>(std::distance(lanes.begin(), lanes.find(lane(mark)))) -
           (static_cast<double>(lanes.size()) - 1) / 2;
  }

 private:
  std::pair<std::size_t, std::size_t> lane(const Mark& mark) const {
    return alone_ ? std::pair<std::size_t, std::size_t>{} : std::pair{mark.series, mark.shade};
  }
  std::vector<std::set<std::pair<std::size_t, std::size_t>>> panels_;
  bool alone_;  ///< no category has two marks: one lane for all
};

}  // namespace

CategoryPlaces::CategoryPlaces(const Figure& figure)
    : panels(figure.data, "panel"), series(figure.data, "series"), categories(panels.size()), drawn(figure.data) {
  const bool points = figure.kind == FigureKind::points_and_means;
  const std::vector<Mark> marks = marks_of(figure, *this);
  const Lanes lanes(marks, panels.size(), !points && one_mark_each(figure.data));
  side_by_side_ = lanes.most();
  const double width = side_by_side_ > 1 ? 0.76 / static_cast<double>(side_by_side_) : 0.7;
  drawn.columns.insert(
      drawn.columns.end(),
      {{"panel_number", Kind::integer, ""}, {"style_number", Kind::integer, ""}, {"position", Kind::real, ""}});
  for (std::size_t row = 0; row < drawn.rows.size(); ++row) {
    auto& cells = drawn.rows[row];
    cells.emplace_back(static_cast<std::int64_t>(marks[row].panel));
    cells.emplace_back(static_cast<std::int64_t>(marks[row].style()));
    cells.emplace_back(static_cast<double>(marks[row].category + 1) + lanes.aside(marks[row]) * width);
  }
  if (points) spread_points(drawn, width);
}

std::size_t CategoryPlaces::most_categories() const {
  std::size_t most = 0;
  for (const Levels& each : categories) most = std::max(most, each.size());
  return most;
}

bool CategoryPlaces::has(std::size_t panel, int style) const {
  const std::size_t number = drawn.column("panel_number"), own = drawn.column("style_number");
  return std::any_of(drawn.rows.begin(), drawn.rows.end(), [&](const auto& row) {
    return row[number] == findings::Cell{static_cast<std::int64_t>(panel)} &&
           row[own] == findings::Cell{static_cast<std::int64_t>(style)};
  });
}

double CategoryPlaces::longest_label() const {
  double longest = 0;
  for (const Levels& each : categories)
    for (const std::string& name : each.names()) longest = std::max(longest, text_width(name));
  return longest;
}

bool CategoryPlaces::same_categories() const {
  return std::all_of(categories.begin(), categories.end(),
                     [&](const Levels& each) { return each.names() == categories.front().names(); });
}

std::vector<Key> CategoryPlaces::keys(bool bars) const {
  std::vector<Key> keys;
  const std::vector<SeriesStyle> styles = series_styles(series.names());
  for (std::size_t one = 0; one < series.size(); ++one)
    for (std::size_t shade = 0; shade < shades.size(); ++shade) {
      std::string text = series.names()[one];
      if (!shades.names()[shade].empty()) text += (text.empty() ? "" : ", ") + shades.names()[shade];
      if (text.empty()) continue;
      const bool second = shade > 0;
      keys.push_back({text, fmt::format("pt {} ps 1 lw 1.3 lc rgb '{}'",
                                        bars     ? 5
                                        : second ? styles[one].open
                                                 : styles[one].filled,
                                        bars ? bar_look(styles[one], shade, shades.size()).fill : styles[one].colour)});
    }
  return keys;
}

findings::Axis padded(const Figure& figure, const findings::Axis& axis, bool from_zero) {
  double low = from_zero ? 0 : INFINITY, high = from_zero ? 0 : -INFINITY;
  const auto take = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (std::size_t row = 0; row < figure.data.rows.size(); ++row)
    for (const char* column : {"value", "low", "high"}) take(number_at(figure.data, row, column));
  if (axis.reference) take(*axis.reference);
  findings::Axis wide = axis;
  if (!(low <= high)) return wide;
  const double room = high > low ? 0.04 * (high - low) : 0.5;
  if (!wide.low) wide.low = from_zero && low == 0 ? 0 : low - room;
  if (!wide.high) wide.high = from_zero && high == 0 ? 0 : high + room;
  return wide;
}

}  // namespace meridian::report
