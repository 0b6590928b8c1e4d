#pragma once
// Where the rows of a figure with two numeric axes stand: panel, series, and the side of a point's name.
#include <utility>

#include "report/figure_canvas.hpp"

namespace meridian::report {

/// The figure's rows with panel_number and style_number, a panel's series together: a line must not be interrupted.
struct PlanePlaces {
  Levels panels, series;
  findings::Table drawn;

  explicit PlanePlaces(const findings::Figure& figure);
  /// Whether a series of a panel has a number in `column`; gnuplot warns of layers without any.
  bool has_numbers(std::size_t panel, std::size_t series, const char* column) const;
  /// Lowest and highest number of a column in a panel; the first is greater where there is none.
  std::pair<double, double> ends(std::size_t panel, std::string_view column) const;
};

/// Whether any point of a scatter has a name.
bool has_names(const findings::Table& table);
/// Fixes the ends of both axes and adds to `places` the column label_side: where the name of each point stands on a
/// panel of `width` x `height` pixels.
void place_names(findings::Figure& figure, PlanePlaces& places, double width, double height);

}  // namespace meridian::report
