#pragma once
// Where the rows of a figure by category stand: panel, style and place on the axis of categories.
#include <string>
#include <vector>

#include "report/figure_canvas.hpp"

namespace meridian::report {

/// The second shade (open markers, tinted bars) of a series has style series + kShade, single points + kPoint.
inline constexpr int kShade = 100, kPoint = 1000;

struct CategoryPlaces {
  Levels panels, series, shades;
  std::vector<Levels> categories;  ///< per panel; the first stands at 1
  findings::Table drawn;           ///< the figure's rows with panel_number, style_number, position

  explicit CategoryPlaces(const findings::Figure& figure);
  /// How many stand side by side in one category, at most.
  std::size_t side_by_side() const { return side_by_side_; }
  std::size_t most_categories() const;
  /// Whether anything of a style stands in a panel; gnuplot warns of layers without rows.
  bool has(std::size_t panel, int style) const;
  double longest_label() const;
  /// Legend: series, and shades where there are several.
  std::vector<Key> keys(bool bars) const;
  /// Whether all panels have the same categories in the same order.
  bool same_categories() const;

 private:
  std::size_t side_by_side_ = 1;
};

/// Lowest and highest of value, low, high over the figure, a little apart; the ends that the axis fixes stay.
findings::Axis padded(const findings::Figure& figure, const findings::Axis& axis, bool from_zero);

}  // namespace meridian::report
