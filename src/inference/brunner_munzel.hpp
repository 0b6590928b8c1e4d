#pragma once
// Does one sample tend to lie above another, whatever their variances? Brunner & Munzel (2000), Biometrical Journal 42.
#include <string>
#include <vector>

namespace meridian::inference {

/// Test that P(first < second) + P(equal)/2 is one half. When the samples do not overlap (or one has fewer than two
/// values) the variance is zero: statistic, df and p are NaN, the effect stays, and `undefined` says why.
struct BrunnerMunzel {
  double statistic = 0;  ///< positive when the second sample is larger, as in SciPy and lawstat
  double df = 0;
  double p_value = 0;  ///< two-sided, t distribution
  double effect = 0;   ///< P(first < second) + P(equal)/2 in the samples
  std::string undefined;
};

BrunnerMunzel brunner_munzel(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace meridian::inference
