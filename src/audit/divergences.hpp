#pragma once
#include <vector>

namespace meridian::audit {

/// Distances between two distributions over the same K ordered options. Arguments: non-negative weights of equal
/// length, normalised here. Weights that are negative, not finite or sum to zero make every value NaN: the caller
/// counts it as skipped. Natural logarithms; 0 log 0 = 0. "JSD" alone is ambiguous in print, so each reading has its
/// own name.
struct Divergences {
  double kl;            // sum p ln(p/q), in [0, inf]; inf where some q = 0 < p
  double jsd;           // Jensen-Shannon divergence, in [0, ln 2]
  double jsdist;        // sqrt(jsd)
  double jsdist2;       // sqrt(jsd / ln 2), in [0, 1]
  double sim_js;        // 1 - jsdist: what Cao et al. 2025 (arXiv 2502.07068) print as "1-JSD"
  double sim_js2;       // 1 - jsdist2
  double emd_ord;       // W1 with options at 1..K: sum of |P_j - Q_j| of the cumulative distributions
  double emd_ord_norm;  // emd_ord / (K - 1); 0 for a single option
  double emd_vec;  // "EMD" of Cao et al.: the probabilities taken as samples, so it ignores which option has which mass
  double tv;       // total variation, in [0, 1]
};

/// Throws std::invalid_argument if the lengths differ.
Divergences divergences(const std::vector<double>& p, const std::vector<double>& q);

}  // namespace meridian::audit
