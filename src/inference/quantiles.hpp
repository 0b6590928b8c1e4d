#pragma once
// Sample quantiles of Hyndman & Fan's type 7, R's default.
#include <vector>

namespace meridian::inference {

/// One quantile per probability (0 to 1). The values may come in any order; all NaN when there are none or one is NaN.
/// Throws Error(bug) on a probability outside 0 to 1.
std::vector<double> quantiles(std::vector<double> values, const std::vector<double>& probabilities);

double median(std::vector<double> values);

/// Minimum, quartiles, maximum: what R prints of residuals.
struct FiveNumbers {
  double min = 0, q1 = 0, median = 0, q3 = 0, max = 0;
};
FiveNumbers five_numbers(std::vector<double> values);

}  // namespace meridian::inference
