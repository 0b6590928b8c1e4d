#pragma once
// What the resampling engine needs to know of a study: named statistics and a way to compute replicates of them. A
// study that gives this gets units of work on disk, any number of ranks, restart, extension, job arrays and merging
// (uncertainty/replicate_units.hpp, commands/replicates.hpp).
#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace meridian::resampling {

/// Replicates per unit of work; a unit is always whole, so that its bytes do not depend on how many were asked for.
inline constexpr std::size_t kBatch = 100;

struct ReplicateStudy {
  std::string kind;                     ///< "bootstrap", "permutation", ...
  std::vector<std::string> statistics;  ///< one name per column, no name twice
  std::size_t batch = kBatch;
  /// Everything that decides the numbers: inputs by SHA-256, seed, scheme, options, numerics version. Not how many
  /// replicates are wanted: 20 000 after 10 000 computes the second half only.
  std::vector<std::pair<std::string, std::string>> fingerprint;
  /// Replicates [first, first + count), count x statistics; NaN where a statistic does not exist in a replicate. A
  /// function of these two numbers alone, whoever calls it. The engine asks for whole batches.
  std::function<Eigen::MatrixXd(std::size_t first, std::size_t count)> compute;
  /// 0: any number of replicates. Else there are so many and no more (relabellings, jackknife).
  std::size_t limit = 0;
};

}  // namespace meridian::resampling
