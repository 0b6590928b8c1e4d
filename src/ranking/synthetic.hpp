#pragma once
// Rankings of no real model, calibrated to printed figures: for demonstrations and tests without anybody's answers.
#include <cstdint>
#include <string>
#include <vector>

#include "ranking/rankings.hpp"
#include "ranking/targets.hpp"

namespace meridian::ranking {

/// Each model's score of a term is its archetype's order (value set first, then by the dimension's target), an offset
/// of the dimension, and noise; each replicate adds noise of its own and ranks the sums. Offsets, noise per group and
/// noise per model are found by iteration and bisection so that dimension means, cohesion and W come near their
/// targets; exchanges of single ranks (ranking/calibration.hpp) bring them there, the tallies of dimensions too.
std::vector<GivenRanking> synthetic_rankings(const Catalog& catalog, const Targets& targets, std::size_t replicates,
                                             std::uint64_t seed);

/// The rankings as a long table: model,replicate,term,rank.
std::string rankings_csv(const std::vector<GivenRanking>& rankings, const Catalog& catalog);

}  // namespace meridian::ranking
