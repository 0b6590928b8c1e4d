#include "report/svg_rectangle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "report/svg_tag.hpp"

namespace meridian::report {
namespace {

constexpr double kTouching = 0.06;  ///< pixels; gnuplot prints hundredths

bool close(double a, double b) { return std::abs(a - b) < kTouching; }

}  // namespace

bool Rectangle::join(const Rectangle& other) {
  if (!close(left, other.left) || !close(right, other.right)) return false;
  if (!close(other.bottom, top) && !close(other.top, bottom)) return false;
  top = std::min(top, other.top);
  bottom = std::max(bottom, other.bottom);
  return true;
}

std::string Rectangle::outline() const {
  return rounded(fmt::format("M{},{}h{}v{}h{}z", left, top, right - left, bottom - top, left - right));
}

std::optional<Rectangle> rectangle_from(const std::string& points) {
  double x[4], y[4];
  int used = 0;
  if (std::sscanf(points.c_str(), "%lf,%lf %lf,%lf %lf,%lf %lf,%lf %n", x, y, x + 1, y + 1, x + 2, y + 2, x + 3, y + 3,
                  &used) != 8 ||
      static_cast<std::size_t>(used) != points.size())
    return std::nullopt;
  if (x[0] != x[3] || x[1] != x[2] || y[0] != y[1] || y[2] != y[3]) return std::nullopt;
  return Rectangle{std::min(x[0], x[1]), std::max(x[0], x[1]), std::min(y[0], y[2]), std::max(y[0], y[2])};
}

}  // namespace meridian::report
