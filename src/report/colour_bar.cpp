#include "report/colour_bar.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/figure_canvas.hpp"

namespace meridian::report {

std::string colour_bar(const findings::Axis& axis, double right, double height) {
  const std::string title = axis_label(axis);
  const double left = std::max(right - kColourBarWidth, text_width(title) + 24);
  return fmt::format(
      "set colorbox horizontal user origin screen {:.5f}, screen {:.5f} size screen {:.5f}, screen {:.5f}\n"
      "set cbtics offset 0, character 0.6 textcolor rgb '{}'\n"
      "set label {} at screen {:.5f}, screen {:.5f} right textcolor rgb '{}'\n",
      left / kFigureWidth, 1 - 14 / height, kColourBarWidth / kFigureWidth, 9 / height, kInk, quote(title),
      (left - 12) / kFigureWidth, 1 - 10 / height, kInk);
}

}  // namespace meridian::report
