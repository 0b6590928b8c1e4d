#pragma once
// Standard errors of variances and correlations of a REML fit, from the expected information.
#include <Eigen/Core>

#include "models/criterion.hpp"
#include "models/fit.hpp"

namespace meridian::models {

/// One per row of `fit.variance_components`: of the variance, or of the correlation (delta method); the residual's
/// last. `units`: of theta (theta_units). NaN where a correlation does not exist. The criterion must be REML, left
/// after a gradient at the optimum.
Eigen::VectorXd variance_errors(const Criterion& criterion, const Eigen::VectorXd& units, const Fit& fit);

}  // namespace meridian::models
