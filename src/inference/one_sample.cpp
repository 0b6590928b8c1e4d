#include "inference/one_sample.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace meridian::inference {

OneSample one_sample_t(const Moments& sample) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  OneSample result{sample.mean, nan, nan, nan, nan};
  if (sample.n < 2) return result;
  const double std_error = std::sqrt(sample.variance / static_cast<double>(sample.n));
  if (!(std_error > 10 * std::numeric_limits<double>::epsilon() * std::abs(sample.mean))) return result;
  result.std_error = std_error;
  result.statistic = sample.mean / std_error;
  result.df = static_cast<double>(sample.n - 1);
  const boost::math::students_t distribution(result.df);
  result.p_value = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(result.statistic)));
  return result;
}

}  // namespace meridian::inference
