#pragma once
// Does a metric rise or fall along a number of the models (parameters, release date, generation)?
#include <cstddef>
#include <cstdint>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::audit {

/// What a comparison of models found.
struct Comparison {
  double estimate = 0;
  double low = 0, high = 0;  ///< NaN where there is no interval
  double p_value = 0;
  std::int64_t permutations = 0;
  bool all = false;  ///< all permutations there are, not a sample
};

struct TrendPoint {
  double x = 0, y = 0;
  std::size_t stratum = 0;  ///< family, from 0 without gaps; points are ranked and permuted within it
};

/// Spearman's rho (midranks, centred within strata); p by permuting y within strata: all orders if there are at most
/// `permutations`, else so many drawn at random. Interval by Fisher's z with one stratum and at least 5 points
/// (Bonett & Wright 2000: variance (1 + rho^2/2)/(n - 3)).
Comparison trend(const std::vector<TrendPoint>& points, const Settings& settings);

}  // namespace meridian::audit
