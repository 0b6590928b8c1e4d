#include "inference/effect_size.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "error.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double correction_factor(double df, SmallSample correction) {
  if (correction == SmallSample::approximate) return 1 - 3 / (4 * (df + 2) - 9);
  return boost::math::tgamma_delta_ratio((df - 1) / 2, 0.5) > 0
             ? 1 / (std::sqrt(df / 2) * boost::math::tgamma_delta_ratio((df - 1) / 2, 0.5))
             : nan;
}

}  // namespace

double hedges_g(const Moments& first, const Moments& second, SmallSample correction) {
  if (first.n < 2 || second.n < 2) return nan;
  const double df = static_cast<double>(first.n + second.n - 2);
  const double pooled = std::sqrt(
      (static_cast<double>(first.n - 1) * first.variance + static_cast<double>(second.n - 1) * second.variance) / df);
  if (!(pooled > 0)) return nan;
  return correction_factor(df, correction) * (first.mean - second.mean) / pooled;
}

Equivalence equivalence(const Moments& first, const Moments& second, double margin) {
  if (!(margin > 0)) throw Error(ExitCode::bug, "equivalence: the margin is not positive");
  const TwoSample test = welch_t(first, second, 0.90);
  if (!test.undefined.empty()) return {nan, nan, nan, nan, nan};
  const boost::math::students_t distribution(test.df);
  Equivalence result;
  result.p_lower = boost::math::cdf(boost::math::complement(distribution, (test.estimate + margin) / test.std_error));
  result.p_upper = boost::math::cdf(distribution, (test.estimate - margin) / test.std_error);
  result.p_value = std::max(result.p_lower, result.p_upper);
  result.conf_low = test.conf_low;
  result.conf_high = test.conf_high;
  return result;
}

}  // namespace meridian::inference
