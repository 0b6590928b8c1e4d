#pragma once
// Limits of a share from counts.
#include <cstdint>

#include "inference/intervals.hpp"

namespace meridian::inference {

/// Wilson's score interval (1927, JASA 22), R's prop.test(correct = FALSE). NaN for no trial.
Interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence);

/// Clopper & Pearson (1934, Biometrika 26), R's binom.test: covers at least as often as it says. NaN for no trial.
Interval clopper_pearson_interval(std::int64_t hits, std::int64_t trials, double confidence);

}  // namespace meridian::inference
