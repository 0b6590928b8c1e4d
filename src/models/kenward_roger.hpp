#pragma once
// Kenward & Roger's (1997, Biometrics 53, 983-997) adjusted covariance of the coefficients and their F tests, as R's
// pbkrtest computes them (Halekoh & Hojsgaard 2014, J. Stat. Softw. 59(9)), without a matrix of the size of the data.
#include <Eigen/Core>
#include <vector>

#include "models/criterion.hpp"

namespace meridian::models {

/// F with its scaling (Kenward & Roger, section 4): scaling * wald is compared with F(num_df, den_df).
struct ScaledTest {
  double wald = 0, scaling = 1;
  double num_df = 0, den_df = 0;
};

/// Covariance parameters gamma: variances and covariances of the random terms (of the scaled columns, in units of the
/// residual variance of 1 at sigma = 1), then the residual variance; V is linear in them.
struct KenwardRoger {
  Eigen::MatrixXd vcov;                 ///< Phi = (X'V^-1 X)^-1, p x p
  Eigen::MatrixXd adjusted;             ///< Phi_A, p x p
  std::vector<Eigen::MatrixXd> slopes;  ///< d Phi / d gamma
  Eigen::MatrixXd parameters;           ///< W = 2 (expected information)^-1, asymptotic covariance of gamma

  /// Of the rows of L b = 0; L has full row rank.
  ScaledTest test(const Eigen::MatrixXd& contrasts, const Eigen::VectorXd& beta) const;
  double degrees_of_freedom(const Eigen::VectorXd& contrast) const;
};

/// Reads the state that a REML criterion was left in at the optimum, after a gradient. `basis` is ReducedTable::basis.
KenwardRoger kenward_roger(const Criterion& criterion, const Eigen::MatrixXd& basis);

}  // namespace meridian::models
