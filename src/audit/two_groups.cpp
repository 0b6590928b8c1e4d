#include "audit/two_groups.hpp"

#include <algorithm>

#include "audit/permuted_statistics.hpp"
#include "inference/two_sample.hpp"

namespace meridian::audit {

Comparison two_groups(const std::vector<double>& first, const std::vector<double>& second, const Settings& settings) {
  Eigen::MatrixXd units(static_cast<Eigen::Index>(first.size() + second.size()), 1);
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), units.data()));
  resampling::Labels observed(first.size() + second.size(), 0);
  std::fill_n(observed.begin(), first.size(), std::uint8_t{1});
  const auto relabelled = resampling::Permutations::relabellings(observed, settings.permutations, settings.seed);
  const auto t_of = [&](const resampling::Labels& labels) { return inference::relabelled_welch_t(units, labels); };
  const PermutedStatistics permuted = permuted_statistics(relabelled, settings.permutations, t_of);
  const inference::TwoSample welch = inference::welch_t(first, second, settings.confidence);
  return {welch.estimate,         welch.conf_low,
          welch.conf_high,        inference::permutation_p(t_of(observed)[0], permuted.values.col(0), permuted.how).p,
          permuted.values.rows(), relabelled.enumerated()};
}

}  // namespace meridian::audit
