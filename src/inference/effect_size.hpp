#pragma once
// Standardised mean differences, and equivalence within a margin.
#include "inference/two_sample.hpp"

namespace meridian::inference {

enum class SmallSample {
  approximate,  ///< J = 1 - 3 / (4 (n1 + n2) - 9), Hedges (1981)
  gamma,        ///< J = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), m = n1 + n2 - 2
};

/// J (mean1 - mean2) / pooled SD. NaN when there are fewer than two values in a sample or both are constant.
double hedges_g(const Moments& first, const Moments& second, SmallSample correction = SmallSample::approximate);

/// Two one-sided Welch tests (Schuirmann 1987): is the difference inside (-margin, margin)? The larger p decides, and
/// the 90% interval lies inside the margin exactly when it is below 0.05.
struct Equivalence {
  double p_lower = 0;                  ///< against difference <= -margin
  double p_upper = 0;                  ///< against difference >= margin
  double p_value = 0;                  ///< the larger one; NaN where the Welch test does not exist
  double conf_low = 0, conf_high = 0;  ///< 90% interval of the difference
};

/// Throws Error(bug) unless margin > 0.
Equivalence equivalence(const Moments& first, const Moments& second, double margin);

}  // namespace meridian::inference
