#pragma once
// Is a difference between two groups of units left when covariates are allowed for? Freedman & Lane (1983), J. Bus.
// Econ. Stat. 1(4): what the covariates alone do not explain is permuted among the units. Asymptotically exact only:
// residuals are not exchangeable in small samples (Winkler et al. 2014, NeuroImage 92).
#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace meridian::inference {

/// T is the group's coefficient over its HC2 standard error (MacKinnon & White 1985): without covariates exactly
/// Welch's t, so robust to unequal variances (DiCiccio & Romano 2017, JASA 112, on studentizing).
class FreedmanLane {
 public:
  /// values: units x columns; covariates: units x c, the intercept among them; group: 1 or 0 per unit. InputError if
  /// the covariates tell the group, single out a unit, or leave no degree of freedom.
  FreedmanLane(const Eigen::MatrixXd& values, const Eigen::MatrixXd& covariates,
               const std::vector<std::uint8_t>& group);
  /// The group's coefficients in the data as they are: difference at equal covariates, one per column.
  Eigen::VectorXd estimate() const;
  /// T when place i holds the residuals of unit order[i]; the identity gives the observed T.
  Eigen::VectorXd statistic(const std::vector<std::uint32_t>& order) const;

 private:
  Eigen::MatrixXd residuals_;  ///< of the values on the covariates
  Eigen::VectorXd weights_;    ///< coefficient = weights' y
  Eigen::MatrixXd basis_;      ///< orthonormal, of covariates and group
  Eigen::VectorXd leverage_;   ///< 1 - h
};

}  // namespace meridian::inference
