#pragma once
// Do the answers under one identifier come from one person? Alpha depends on how items are keyed and needs a scale;
// this test needs neither a model nor a dictionary of dimensions.
#include <cstdint>
#include <string>

#include "survey/answer_matrix.hpp"

namespace meridian::survey {

struct Coherence {
  std::size_t people = 0;  ///< examined
  double variance = 0;     ///< of the people's totals (n - 1)
  double expected = 0;   ///< mean of that variance if answers to different items are independent: sum of item variances
  double ratio = 0;      ///< variance / expected; 1: the answers of "one person" have nothing in common
  double p_value = 1;    ///< (b + 1) / (m + 1), one-sided: larger than under independent shuffles within each item
  int permutations = 0;  ///< m
};

/// Permutation test: the answers to each item are shuffled over the people, independently of the other items. `purpose`
/// names the random stream (which file, nation and grouping); replicate r uses stream (seed, purpose, r).
Coherence test_coherence(const AnswerMatrix& answers, int permutations, std::uint64_t seed, const std::string& purpose);

/// Do answers drift along the file? Means of the people's totals in the first, middle and last third of rows.
struct Drift {
  double first = 0, middle = 0, last = 0;  ///< mean answer
  double p_value = 1;  ///< of equal means: sum n_t (m_t - m)^2 / s^2 as chi-square with 2 degrees of freedom (large n)
};
Drift test_drift(const AnswerMatrix& answers);

}  // namespace meridian::survey
