#pragma once
// Does one sample tend to lie above another? Mann & Whitney (1947), as SciPy's mannwhitneyu and R's wilcox.test.
#include <cstddef>
#include <vector>

namespace meridian::inference {

/// `u_first` counts the pairs in which the first sample's value is larger, half a pair where equal. NaN where a sample
/// is empty or holds a NaN.
struct RankSum {
  double u_first = 0, u_second = 0;
  double z = 0;        ///< of u_first, with tie and continuity correction; 0 when all values are equal
  double p_value = 0;  ///< two-sided, normal approximation with tie and continuity correction; 1 when all are equal
  double p_exact = 0;  ///< two-sided from the permutation distribution given the ties; NaN above kExactLimit values
  double rank_biserial = 0;  ///< 1 - 2 u_first / (n1 n2): positive when the first sample has the smaller values
  double cliffs_delta = 0;   ///< P(first > second) - P(first < second) in the samples, = -rank_biserial
};

/// Values in both samples together up to which all ways to split them are counted.
inline constexpr std::size_t kExactLimit = 100;

/// p_exact adds the probability of every U at least as far from n1 n2 / 2 as the observed one; without ties that is
/// R's wilcox.test(exact = TRUE).
RankSum rank_sum(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace meridian::inference
