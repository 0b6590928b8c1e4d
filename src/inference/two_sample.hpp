#pragma once
// Difference of two means without assuming equal variances: Welch (1947), as R's t.test.
#include <cstddef>
#include <string>
#include <vector>

namespace meridian::inference {

/// What a t test needs to know of a sample.
struct Moments {
  std::size_t n = 0;
  double mean = 0;
  double variance = 0;  ///< divided by n - 1; NaN when n < 2
};

/// Two passes over the values, in their order.
Moments moments(const std::vector<double>& values);

/// The difference first minus second. When the test does not exist every number it would give is NaN (the estimate
/// stays, if there is one) and `undefined` says why; an ordinary result leaves `undefined` empty.
struct TwoSample {
  double estimate = 0;   ///< mean of the first minus mean of the second
  double statistic = 0;  ///< t
  double df = 0;         ///< Welch-Satterthwaite
  double p_value = 0;    ///< two-sided, accurate in relative terms down to the smallest double
  double conf_low = 0, conf_high = 0;
  double std_error = 0;
  std::string undefined;
};

/// Two-sided test that the means are equal. Undefined when a sample has fewer than two values or (as in R) when the
/// data are essentially constant: standard error below 10 machine epsilons of the larger mean.
TwoSample welch_t(const Moments& first, const Moments& second, double confidence = 0.95);
TwoSample welch_t(const std::vector<double>& first, const std::vector<double>& second, double confidence = 0.95);

}  // namespace meridian::inference
