#include "inference/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "error.hpp"

namespace meridian::inference {
namespace {

// Type 7: position (n - 1) p among the sorted values, linear in between.
double at(const std::vector<double>& sorted, double probability) {
  if (!(probability >= 0 && probability <= 1)) throw Error(ExitCode::bug, "quantiles: a probability is outside 0 to 1");
  const double position = static_cast<double>(sorted.size() - 1) * probability;
  const double below = std::floor(position);
  const std::size_t index = static_cast<std::size_t>(below);
  const double fraction = position - below;
  if (fraction == 0) return sorted[index];
  return sorted[index] + fraction * (sorted[index + 1] - sorted[index]);
}

}  // namespace

std::vector<double> quantiles(std::vector<double> values, const std::vector<double>& probabilities) {
  const bool undefined =
      values.empty() || std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  if (undefined) return std::vector<double>(probabilities.size(), std::numeric_limits<double>::quiet_NaN());
  std::sort(values.begin(), values.end());
  std::vector<double> result;
  result.reserve(probabilities.size());
  for (double probability : probabilities) result.push_back(at(values, probability));
  return result;
}

double median(std::vector<double> values) { return quantiles(std::move(values), {0.5}).front(); }

FiveNumbers five_numbers(std::vector<double> values) {
  const std::vector<double> q = quantiles(std::move(values), {0, 0.25, 0.5, 0.75, 1});
  return {q[0], q[1], q[2], q[3], q[4]};
}

}  // namespace meridian::inference
