#pragma once
// Percentile limits of many statistics from replicates that the ranks share.
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

/// Bootstrap of units within strata: replicate r draws as many units as there are, with replacement, from the stream
/// (seed, purpose, r). One interval per statistic; replicates in which it does not exist (NaN) are left out, and there
/// is no interval (NaN) without replicates. Collective; the same on every rank.
std::vector<inference::Interval> bootstrap_limits(const Team& team, const Settings& settings,
                                                  const std::string& purpose, const resampling::Strata& strata,
                                                  std::size_t statistics, const Statistics& compute);

}  // namespace meridian::audit
