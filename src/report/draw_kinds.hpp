#pragma once
// How each family of kinds is drawn (figure_script.hpp chooses).
#include "report/category_places.hpp"
#include "report/figure_script.hpp"

namespace meridian::report {

/// points_and_means, intervals, bars: categories from left to right.
Drawing draw_categories(const findings::Figure& figure, const std::string& stem);
/// The layers of one of their panels; `lying`: categories from top to bottom.
std::vector<std::string> category_layers(const findings::Figure& figure, const CategoryPlaces& places,
                                         std::size_t panel, const std::string& stem, bool lying);
/// forest: categories from top to bottom.
Drawing draw_forest(const findings::Figure& figure, const std::string& stem);
/// histogram, curves, scatter, tiles: two numeric axes.
Drawing draw_plane(const findings::Figure& figure, const std::string& stem);
/// heat_map, dots: rows x columns.
Drawing draw_matrix(const findings::Figure& figure, const std::string& stem);

}  // namespace meridian::report
