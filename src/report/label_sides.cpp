#include "report/label_sides.hpp"

#include <algorithm>

#include "report/figure_canvas.hpp"

namespace meridian::report {
namespace {

constexpr double kMarker = 5, kGap = 4, kLineHeight = 13;
const char* const kSides[] = {"right", "left", "above", "below"};

Box name_box(const NamedPoint& point, std::size_t side) {
  const double width = text_width(point.name) * kNameFont / 12, half = kLineHeight / 2, away = kMarker + kGap;
  switch (side) {
    case 0:
      return {point.x + away, point.x + away + width, point.y - half, point.y + half};
    case 1:
      return {point.x - away - width, point.x - away, point.y - half, point.y + half};
    case 2:
      return {point.x - width / 2, point.x + width / 2, point.y - kMarker - kLineHeight, point.y - kMarker};
    default:
      return {point.x - width / 2, point.x + width / 2, point.y + kMarker, point.y + kMarker + kLineHeight};
  }
}

double area(const Box& box) { return std::max(box.right - box.left, 0.0) * std::max(box.bottom - box.top, 0.0); }

double overlap(const Box& a, const Box& b) {
  return area(
      {std::max(a.left, b.left), std::min(a.right, b.right), std::max(a.top, b.top), std::min(a.bottom, b.bottom)});
}

}  // namespace

std::vector<std::string> label_sides(const std::vector<NamedPoint>& points, double width, double height) {
  std::vector<Box> taken;
  for (const NamedPoint& point : points)
    taken.push_back({point.x - kMarker, point.x + kMarker, point.y - kMarker, point.y + kMarker});
  std::vector<std::string> sides;
  for (const NamedPoint& point : points) {
    std::size_t best = 0;
    double least = -1;
    for (std::size_t side = 0; side < 4 && least != 0; ++side) {
      const Box box = name_box(point, side);
      double covered = area(box) - overlap(box, {0, width, 0, height});
      for (const Box& other : taken) covered += overlap(box, other);
      if (least >= 0 && covered >= least) continue;
      least = covered;
      best = side;
    }
    taken.push_back(name_box(point, best));
    sides.emplace_back(kSides[best]);
  }
  return sides;
}

}  // namespace meridian::report
