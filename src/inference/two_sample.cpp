#include "inference/two_sample.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TwoSample without_test(const Moments& first, const Moments& second, const std::string& reason) {
  return {first.mean - second.mean, nan, nan, nan, nan, nan, nan, reason};
}

// Welch-Satterthwaite: the squared error of the difference over the errors' own variability.
double effective_df(const Moments& first, double error_1, const Moments& second, double error_2) {
  const double total = error_1 + error_2;
  return total * total /
         (error_1 * error_1 / static_cast<double>(first.n - 1) + error_2 * error_2 / static_cast<double>(second.n - 1));
}

}  // namespace

Moments moments(const std::vector<double>& values) {
  if (values.empty()) return {0, nan, nan};
  const double n = static_cast<double>(values.size());
  double sum = 0;
  for (double value : values) sum += value;
  const double mean = sum / n;
  double squares = 0;
  for (double value : values) squares += (value - mean) * (value - mean);
  return {values.size(), mean, values.size() < 2 ? nan : squares / (n - 1)};
}

TwoSample welch_t(const Moments& first, const Moments& second, double confidence) {
  if (first.n < 2 || second.n < 2) return without_test(first, second, "a sample has fewer than two values");
  const double error_1 = first.variance / static_cast<double>(first.n);
  const double error_2 = second.variance / static_cast<double>(second.n);
  const double std_error = std::sqrt(error_1 + error_2);
  const double scale = std::max(std::abs(first.mean), std::abs(second.mean));
  if (!(std_error > 10 * std::numeric_limits<double>::epsilon() * scale))
    return without_test(first, second, "the data are essentially constant");

  TwoSample result;
  result.estimate = first.mean - second.mean;
  result.std_error = std_error;
  result.statistic = result.estimate / std_error;
  result.df = effective_df(first, error_1, second, error_2);
  const boost::math::students_t distribution(result.df);
  // The upper tail itself, never 1 - cdf: that would end at 1e-16.
  result.p_value = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(result.statistic)));
  const double reach = boost::math::quantile(boost::math::complement(distribution, (1 - confidence) / 2)) * std_error;
  result.conf_low = result.estimate - reach;
  result.conf_high = result.estimate + reach;
  return result;
}

TwoSample welch_t(const std::vector<double>& first, const std::vector<double>& second, double confidence) {
  return welch_t(moments(first), moments(second), confidence);
}

}  // namespace meridian::inference
