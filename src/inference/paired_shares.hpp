#pragma once
// Two shares of the same units compared.
#include <cstdint>

#include "inference/intervals.hpp"

namespace meridian::inference {

/// Difference of two shares of the same units, from the units that only one of them counts: Bonett & Price (2012, J.
/// Educ. Behav. Stat. 37), Wald's interval with one unit added to either count. NaN without units.
Interval paired_difference_interval(std::int64_t only_first, std::int64_t only_second, std::int64_t units,
                                    double confidence);

}  // namespace meridian::inference
