#pragma once
// Is the mean of a sample zero? Student's t test.
#include "inference/two_sample.hpp"

namespace meridian::inference {

/// Every number but the estimate is NaN when there are fewer than two values or they are essentially constant
/// (standard error below 10 machine epsilons of the mean, as in R).
struct OneSample {
  double estimate = 0, std_error = 0;
  double statistic = 0, df = 0;
  double p_value = 0;  ///< two-sided, accurate in relative terms down to the smallest double
};

OneSample one_sample_t(const Moments& sample);

}  // namespace meridian::inference
