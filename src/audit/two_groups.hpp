#pragma once
// Two groups of models that have nothing in common: the values of the one against those of the other.
#include <vector>

#include "audit/trend.hpp"

namespace meridian::audit {

/// Difference of the means with Welch's interval, and p by permuting Welch's t: all relabellings if there are at most
/// `permutations`, else so many drawn at random. Each group has at least two values.
Comparison two_groups(const std::vector<double>& first, const std::vector<double>& second, const Settings& settings);

}  // namespace meridian::audit
