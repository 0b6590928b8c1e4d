#pragma once
// From simulated fits to power and precision.
#include <Eigen/Core>
#include <vector>

#include "findings/document.hpp"
#include "power/power_study.hpp"

namespace meridian::power {

struct PointResult {
  PlannedPoint planned;
  Eigen::MatrixXd replicates;  ///< replicates x statistics of the point
};

/// Section "power": table `power` (one row per point and term) and figures of power and interval width against the
/// dimension of the grid that varies. `alpha`: level of the two-sided t tests; limits are 1 - alpha.
findings::Section power_section(const std::vector<PointResult>& points, double alpha);

}  // namespace meridian::power
