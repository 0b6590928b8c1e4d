#pragma once
// The bar at the top right of a figure that says what its colours stand for.
#include <string>

#include "findings/figure.hpp"

namespace meridian::report {

/// Pixels: what the bar with its numbers takes at the top, and how long it is.
inline constexpr double kColourBarRoom = 40, kColourBarWidth = 230;

/// Gnuplot's text of a bar that ends at `right` pixels (later where its title needs the room) on a page of `height`.
std::string colour_bar(const findings::Axis& axis, double right, double height);

}  // namespace meridian::report
