#include "inference/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace meridian::inference {
namespace {

/// Calls visit(first, last, order) for every group of equal values, ascending; order[first .. last) are its members.
template <class Visit>
void for_ties(const std::vector<double>& values, const Visit& visit) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    visit(first, last, order);
  }
}

}  // namespace

std::vector<double> midranks(const std::vector<double>& values) {
  std::vector<double> ranks(values.size(), std::numeric_limits<double>::quiet_NaN());
  if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); })) return ranks;
  for_ties(values, [&](std::size_t first, std::size_t last, const std::vector<std::size_t>& order) {
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = 0.5 * static_cast<double>(first + last + 1);
  });
  return ranks;
}

double tie_sum(const std::vector<double>& values) {
  if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); }))
    return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for_ties(values, [&](std::size_t first, std::size_t last, const std::vector<std::size_t>&) {
    const double t = static_cast<double>(last - first);
    sum += t * t * t - t;
  });
  return sum;
}

}  // namespace meridian::inference
