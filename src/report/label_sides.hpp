#pragma once
// Names of points in a plane, set so that they touch neither each other nor other points.
#include <string>
#include <vector>

namespace meridian::report {

/// A point in pixels, y downwards, and its name.
struct NamedPoint {
  double x, y;
  std::string name;
};

/// For each point the side on which its name stands ("right", "left", "above", "below"), chosen in the order of the
/// points: the first side that is free, else the one with the least overlap. The panel is `width` x `height` pixels.
std::vector<std::string> label_sides(const std::vector<NamedPoint>& points, double width, double height);

/// Size in pixels of the names.
inline constexpr int kNameFont = 10;

}  // namespace meridian::report
