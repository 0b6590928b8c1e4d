#pragma once
#include "inference/intervals.hpp"
#include "inference/two_sample.hpp"

namespace meridian::inference {

/// Student's interval of a mean; NaN where one_sample_t gives no test.
Interval student_interval(const Moments& sample, double confidence);

}  // namespace meridian::inference
