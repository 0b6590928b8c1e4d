#pragma once
// From terms to dimensions: means, spread within, and who comes first.
#include <vector>

#include "ranking/study.hpp"

namespace meridian::ranking {

/// Mean rank of the terms of each dimension, models x dimensions; small means important.
Rows dimension_scores(const Catalog& catalog, const Rows& rows);

/// SD of the ranks within each dimension, models x dimensions; divided by n - ddof, NaN where that is not positive.
Rows dimension_spreads(const Catalog& catalog, const Rows& rows, int ddof);

/// Votes of one model for the dimension at `place` (0: smallest score). Tied dimensions share the vote, or the first
/// takes it.
std::vector<double> votes(const std::vector<double>& scores, std::size_t place, bool fractional);

/// Column `index` of the rows of these models.
std::vector<double> column(const Rows& rows, const std::vector<std::size_t>& models, std::size_t index);

/// The terms of smallest mean rank over these models, at most `count`; ties in prompt order.
std::vector<std::size_t> first_terms(const Rows& rows, const std::vector<std::size_t>& models, std::size_t count);

}  // namespace meridian::ranking
