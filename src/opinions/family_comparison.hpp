#pragma once
// Two families of models compared by their divergences per value type and model: the t test as Liu et al. 2025 print
// it, and the tests that know which values belong together.
#include <cstddef>
#include <vector>

#include "inference/signed_rank.hpp"
#include "inference/two_sample.hpp"

namespace meridian::opinions {

/// Student's test with one variance for both samples. NaN with fewer than two values in a sample or without variance.
struct PooledT {
  double estimate = 0;   ///< mean of the first minus mean of the second
  double std_error = 0;  ///< s_p sqrt(1/n1 + 1/n2), "SED"
  double statistic = 0, df = 0;
  double p_value = 0;  ///< two-sided
};
PooledT pooled_t(const inference::Moments& first, const inference::Moments& second);

/// Mean difference of pairs: Student's paired t with its interval, and Wilcoxon's signed ranks.
struct PairedTests {
  std::size_t pairs = 0;
  double estimate = 0, statistic = 0, df = 0, p_value = 0;
  double low = 0, high = 0;
  inference::SignedRank wilcoxon;
};
/// Pairs in which a side is NaN are left out. The vectors have one length.
PairedTests paired_tests(const std::vector<double>& first, const std::vector<double>& second, double confidence = 0.95);

}  // namespace meridian::opinions
