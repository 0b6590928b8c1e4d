#include "models/crossing.hpp"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>

namespace meridian::models {

namespace {

constexpr int most_doublings = 40;
constexpr double precise = 1e-9;  ///< of the distance between estimate and limit

double solve(const std::function<double(double)>& above, double from, double at_from, double to, double at_to) {
  const double width = precise * std::abs(to - from);
  std::uintmax_t evaluations = 60;
  const auto close = [&](double a, double b) { return std::abs(a - b) <= width; };
  double low = from, high = to, at_low = at_from, at_high = at_to;
  if (low > high) {
    std::swap(low, high);
    std::swap(at_low, at_high);
  }
  const auto [left, right] = boost::math::tools::toms748_solve(above, low, high, at_low, at_high, close, evaluations);
  return (left + right) / 2;
}

}  // namespace

ProfileLimit find_limit(const std::function<double(double)>& rise, double from, const SearchSide& side, double height) {
  const double target = std::sqrt(height);
  const auto above = [&](double value) { return std::sqrt(std::max(0.0, rise(value))) - target; };
  double inside = from, at_inside = -target, step = side.step;
  for (int doubling = 0; doubling < most_doublings; ++doubling, step *= 2) {
    const bool last = std::isfinite(side.bound) && std::abs(side.bound - from) <= std::abs(step);
    const double next = last ? side.bound : from + step;
    const double at_next = above(next);
    if (at_next == 0) return {next, false};
    if (at_next > 0) return {solve(above, inside, at_inside, next, at_next), false};
    if (last) return {side.bound, true};
    inside = next;
    at_inside = at_next;
  }
  return {std::nan(""), false};
}

}  // namespace meridian::models
