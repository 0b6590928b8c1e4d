#pragma once
// Many statistics of resampled units, replicates shared by the ranks, and their percentile limits.
#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "audit/layer.hpp"
#include "inference/intervals.hpp"
#include "resampling/strata.hpp"

namespace meridian::audit {

/// Statistics of one replicate from the times each unit (dilemma, item, person) was drawn.
using Statistics = std::function<Eigen::VectorXd(const std::vector<double>& weights)>;

/// Replicates x statistics of a bootstrap of units within strata: replicate r draws as many units as there are, with
/// replacement, from the stream (seed, purpose, r). Collective; the same on every rank.
Eigen::MatrixXd bootstrap_replicates(const Team& team, const Settings& settings, const std::string& purpose,
                                     const resampling::Strata& strata, std::size_t statistics,
                                     const Statistics& compute);

/// One interval per statistic of such a bootstrap; replicates in which it does not exist (NaN) are left out, and there
/// is no interval (NaN) without replicates. Collective; the same on every rank.
std::vector<inference::Interval> bootstrap_limits(const Team& team, const Settings& settings,
                                                  const std::string& purpose, const resampling::Strata& strata,
                                                  std::size_t statistics, const Statistics& compute);

}  // namespace meridian::audit
