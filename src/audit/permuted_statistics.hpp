#pragma once
// Statistics under all permutations there are, or a sample of them.
#include <Eigen/Core>
#include <cstdint>
#include <functional>

#include "inference/permutation.hpp"
#include "resampling/relabellings.hpp"

namespace meridian::audit {

struct PermutedStatistics {
  Eigen::MatrixXd values;  ///< permutations x statistics
  inference::Permuted how;
};

/// `statistics` of each permutation by its labels: of all if they are enumerated, else of the first `sampled`.
PermutedStatistics permuted_statistics(const resampling::Permutations& permutations, std::uint64_t sampled,
                                       const std::function<Eigen::VectorXd(const resampling::Labels&)>& statistics);

}  // namespace meridian::audit
