#pragma once
// How each family of kinds is drawn (figure_script.hpp chooses).
#include "report/figure_script.hpp"

namespace meridian::report {

/// points_and_means, intervals, bars: categories from left to right; forest: from top to bottom.
Drawing draw_categories(const findings::Figure& figure, const std::string& stem);
Drawing draw_forest(const findings::Figure& figure, const std::string& stem);
/// histogram, curves, scatter, tiles: two numeric axes.
Drawing draw_plane(const findings::Figure& figure, const std::string& stem);
/// heat_map, dots: rows x columns.
Drawing draw_matrix(const findings::Figure& figure, const std::string& stem);

}  // namespace meridian::report
