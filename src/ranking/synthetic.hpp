#pragma once
// Rankings of no real model, calibrated to printed figures: for demonstrations and tests without anybody's answers.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ranking/rankings.hpp"

namespace meridian::ranking {

struct Targets {
  std::vector<double> dimension_means;  ///< per dimension of the catalog
  std::vector<double> cohesion;         ///< mean rho within each group
};

/// Columns quantity (dimension_mean, cohesion; others are passed over), which, value. Throws InputError for an unknown
/// dimension or group and for one without a value.
Targets read_targets(const std::filesystem::path& file, const Catalog& catalog);

/// Each model's score of a term is its archetype's order (value set first, then by the dimension's target), an offset
/// of the dimension, and noise; each replicate adds noise of its own and ranks the sums. Offsets, noise per group and
/// noise per model are found by iteration and bisection so that dimension means, cohesion and W come near their
/// targets.
std::vector<GivenRanking> synthetic_rankings(const Catalog& catalog, const Targets& targets, std::size_t replicates,
                                             std::uint64_t seed);

/// The rankings as a long table: model,replicate,term,rank.
std::string rankings_csv(const std::vector<GivenRanking>& rankings, const Catalog& catalog);

}  // namespace meridian::ranking
