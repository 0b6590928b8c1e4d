#pragma once
// Are paired differences centred on zero? Wilcoxon's signed-rank test, as R's wilcox.test(paired = TRUE).
#include <cstddef>
#include <vector>

namespace meridian::inference {

/// Zero differences are left out (Wilcoxon); `n` counts the others. All NaN when there are none or one is NaN.
struct SignedRank {
  std::size_t n = 0, zeros = 0;
  double v = 0;              ///< sum of the midranks of |difference| whose difference is positive
  double z = 0;              ///< with tie and continuity correction
  double p_value = 0;        ///< two-sided, normal approximation with tie and continuity correction
  double p_exact = 0;        ///< two-sided, all 2^n signs given the ties; NaN above kSignedRankLimit differences
  double rank_biserial = 0;  ///< (positive - negative rank sum) / total
};

inline constexpr std::size_t kSignedRankLimit = 500;

/// p_exact adds every V at least as far from its mean as the observed one.
SignedRank signed_rank(const std::vector<double>& differences);

}  // namespace meridian::inference
