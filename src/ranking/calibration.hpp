#pragma once
// The last step of the synthetic rankings: exchanges of single ranks until the printed figures are met.
#include <cstdint>
#include <vector>

#include "ranking/targets.hpp"

namespace meridian::ranking {

/// Exchanges neighbouring ranks within single replicates of one model, as long as that brings Kendall's W nearer to
/// `w`. `replicates`: permutations of 1..k; `stream_index` tells models apart.
void match_concordance(Rows& replicates, double w, std::uint64_t seed, std::size_t stream_index);

/// Exchanges two terms in all replicates of a model, which leaves its W as it is, until dimension means, cohesion and
/// tallies are near their targets. Threshold accepting (Dueck & Scheuer 1990): small losses are taken at first, so that
/// counts of models can move. Terms are exchanged within the value set of the model's archetype, or outside of it.
void match_targets(const Catalog& catalog, const Targets& targets, std::uint64_t seed, std::vector<Rows>& replicates);

}  // namespace meridian::ranking
