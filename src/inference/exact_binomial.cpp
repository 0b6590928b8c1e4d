#include "inference/exact_binomial.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <limits>

namespace meridian::inference {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

/// How many outcomes from 0 upwards are at most as probable as `density`; they lie before the mode.
std::int64_t improbable_below(const Binomial& distribution, std::int64_t mode, double density) {
  std::int64_t low = 0, high = mode;  // the first outcome that is more probable lies in [low, high]
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (boost::math::pdf(distribution, static_cast<double>(middle)) <= density)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// The first outcome above the mode from which on all are at most as probable.
std::int64_t improbable_above(const Binomial& distribution, std::int64_t mode, std::int64_t trials, double density) {
  std::int64_t low = mode + 1, high = trials + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (boost::math::pdf(distribution, static_cast<double>(middle)) <= density)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace

double exact_binomial_p(std::int64_t hits, std::int64_t trials, double probability) {
  if (trials == 0) return std::numeric_limits<double>::quiet_NaN();
  const Binomial distribution(static_cast<double>(trials), probability);
  const double density = boost::math::pdf(distribution, static_cast<double>(hits)) * (1 + 1e-7);
  const auto mode = std::min(trials, static_cast<std::int64_t>((static_cast<double>(trials) + 1) * probability));
  if (boost::math::pdf(distribution, static_cast<double>(mode)) <= density) return 1;
  const std::int64_t below = improbable_below(distribution, mode, density);
  const std::int64_t above = improbable_above(distribution, mode, trials, density);
  double p = 0;
  if (below > 0) p += boost::math::cdf(distribution, static_cast<double>(below - 1));
  if (above <= trials) p += boost::math::cdf(boost::math::complement(distribution, static_cast<double>(above - 1)));
  return std::clamp(p, std::numeric_limits<double>::min(), 1.0);  // below it digits are lost
}

double exact_mcnemar_p(std::int64_t only_first, std::int64_t only_second) {
  return exact_binomial_p(only_first, only_first + only_second);
}

}  // namespace meridian::inference
