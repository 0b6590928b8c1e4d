#pragma once
#include <Eigen/Core>

#include "inference/intervals.hpp"

namespace meridian::audit {

/// Percentile limits of one statistic's replicates; NaN without any that exists.
inference::Interval replicate_limits(const Eigen::VectorXd& replicates, double confidence);

/// Two-sided p of replicated differences: 2 min(share <= 0, share >= 0), each share (b + 1)/(R + 1) so that it is never
/// 0 (Davison & Hinkley 1997, section 4.4), at most 1. NaN without replicates.
double replicate_p(const Eigen::VectorXd& differences);

}  // namespace meridian::audit
