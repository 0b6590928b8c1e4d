#pragma once
// Many metrics of the same models compared between the same groups: p-values that hold for all of them at once and know
// how the metrics hang together.
#include <cstdint>
#include <string>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::audit {

/// The units of one permutation test.
struct PermutedUnits {
  std::string family;          ///< tests of one family permute the same units alike
  std::vector<double> values;  ///< models or families' differences, in one order throughout a family
  std::size_t first = 0;       ///< so many of them form the first group; 0: signs are permuted
};

/// Westfall & Young's (1993) step-down p by the largest |t| of each permutation within a family: one per test, NaN for
/// a test without units or whose t does not exist. Deterministic in `settings`.
std::vector<double> step_down_p(const std::vector<PermutedUnits>& tests, const Settings& settings);

}  // namespace meridian::audit
