#pragma once
// Satterthwaite's degrees of freedom as lmerTest computes them (Kuznetsova, Brockhoff & Christensen 2017, J. Stat.
// Softw. 82(13)), with exact derivatives of the covariance of the coefficients.
#include <Eigen/Core>
#include <vector>

#include "models/criterion.hpp"
#include "models/optimise.hpp"

namespace meridian::models {

/// Everything needed to test any linear combination of the coefficients.
struct CoefficientCovariance {
  Eigen::MatrixXd vcov;                 ///< p x p
  std::vector<Eigen::MatrixXd> slopes;  ///< d vcov / d theta_1, ..., d vcov / d sigma (theta of the scaled columns)
  Eigen::MatrixXd parameters;           ///< asymptotic covariance of (theta, sigma)
  Eigen::MatrixXd hessian;              ///< of the unprofiled criterion in (theta, sigma)

  /// 2 (l'Vl)^2 / (g'Ag), g_i = l' slopes_i l, A = parameters. Infinite when the variance is known exactly.
  double degrees_of_freedom(const Eigen::VectorXd& contrast) const;
};

/// Reads the state that the criterion was left in at the optimum. `basis` is ReducedTable::basis.
CoefficientCovariance coefficient_covariance(const Criterion& criterion, const Optimum& optimum,
                                             const Eigen::MatrixXd& basis);

}  // namespace meridian::models
