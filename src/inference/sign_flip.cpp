#include "inference/sign_flip.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace meridian::inference {
namespace {

/// The sums of all patterns of signs of values[first, last), ascending. Each is a chain of at most n additions: unlike
/// in a walk from pattern to pattern, no error builds up.
std::vector<double> signed_sums(const std::vector<double>& values, std::size_t first, std::size_t last) {
  std::vector<double> sums{0.0};
  for (std::size_t i = first; i < last; ++i) {
    const std::size_t half = sums.size();
    for (std::size_t pattern = 0; pattern < half; ++pattern) sums.push_back(sums[pattern] - values[i]);
    for (std::size_t pattern = 0; pattern < half; ++pattern) sums[pattern] += values[i];
  }
  std::sort(sums.begin(), sums.end());
  return sums;
}

/// Pairs whose sum is at least `bound`, both lists ascending: while the left part grows, more right parts suffice.
std::int64_t pairs_reaching(const std::vector<double>& left, const std::vector<double>& right, double bound) {
  std::int64_t pairs = 0;
  std::size_t enough = right.size();
  for (const double sum : left) {
    while (enough > 0 && sum + right[enough - 1] >= bound) --enough;
    pairs += static_cast<std::int64_t>(right.size() - enough);
  }
  return pairs;
}

}  // namespace

double sign_flip_p(const std::vector<double>& values) {
  const bool finite = std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  if (values.empty() || values.size() > kSignFlipLimit || !finite) return std::numeric_limits<double>::quiet_NaN();
  const double observed = std::abs(std::accumulate(values.begin(), values.end(), 0.0));
  const double bound = observed * (1 - 1e-12);
  if (bound == 0) return 1;
  const std::size_t middle = values.size() / 2;
  // Every pattern has its mirror image, so the lower tail holds as many as the upper one.
  const std::int64_t upper =
      pairs_reaching(signed_sums(values, 0, middle), signed_sums(values, middle, values.size()), bound);
  return std::ldexp(2 * static_cast<double>(upper), -static_cast<int>(values.size()));
}

}  // namespace meridian::inference
