#pragma once
// Do the answers to several items go together? Internal consistency of a scale.
#include "survey/answer_matrix.hpp"

namespace meridian::survey {

/// Cronbach's alpha (Cronbach 1951, eq. 2): k/(k-1) (1 - sum of item variances / variance of totals). NaN for fewer
/// than two items or two people, or if all totals are equal.
double cronbach_alpha(const AnswerMatrix& answers);

/// Mean of the k(k-1)/2 Pearson correlations between items, from the variance of the sum of standardised items:
/// (Var(sum z) - k) / (k (k - 1)). NaN if an item has no variance.
double mean_correlation(const AnswerMatrix& answers);

/// Standard deviation (n - 1) of the people's means over the items.
double spread_of_means(const AnswerMatrix& answers);

}  // namespace meridian::survey
