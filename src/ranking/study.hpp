#pragma once
// Everything read and decided before anything is computed: the same on every rank.
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "findings/ledger.hpp"
#include "ranking/clustering.hpp"
#include "ranking/distances.hpp"
#include "ranking/rankings.hpp"

namespace meridian::ranking {

enum class Resampled { terms, replicates };

struct Settings {
  Format format = Format::automatic;
  Repair repair = Repair::reject;
  Reduction reduction = Reduction::mean;
  bool fractional_tally = true;  ///< tied dimensions share a vote; else the first one takes it
  int ddof = 1;                  ///< of the SD within dimensions
  double margin = 1;             ///< of the equivalence test, in ranks
  Linkage linkage = Linkage::average;
  Metric metric = Metric::spearman;
  std::size_t clusters = 4;
  Resampled resampled = Resampled::terms;
  std::uint64_t seed = 1;
  std::size_t trees = 10000, cohesion = 10000, permutations = 10000, stability = 10000;  ///< replicates
};

struct Study {
  std::string title;
  Catalog catalog;  ///< with the models that are left
  Settings settings;
  std::vector<Ranking> rankings;
  Rows rows;                        ///< one per model
  std::vector<std::size_t> groups;  ///< of each model
  findings::Ledger ledger;
  bool synthetic = false;
  /// Inputs by digest, and everything else that decides results.
  std::vector<std::pair<std::string, std::string>> fingerprint;
};

/// Checks the rankings and makes one row per model. Models without a valid ranking, or whose row is constant, are left
/// out and listed. Throws InputError if fewer than two models are left, or more clusters than models are asked for.
Study make_study(const Catalog& catalog, const std::vector<GivenRanking>& given, const Settings& settings,
                 const std::string& source);

/// The replicates of every model, in the order of the file.
std::vector<std::vector<const Ranking*>> replicates_of(const Study& study);

}  // namespace meridian::ranking
