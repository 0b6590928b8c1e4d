#pragma once
// One strength per value: logit P(u is chosen over v) = lambda_u - lambda_v (Bradley & Terry 1952, Biometrika 39), and
// whether so simple a law holds.
#include <Eigen/Core>
#include <string>
#include <vector>

namespace meridian::dilemmas {

struct BradleyTerry {
  Eigen::VectorXd strength;   ///< per value, sum 0; NaN for a value that never appears, or without a fit
  Eigen::VectorXd std_error;  ///< of these centred strengths
  double deviance = 0;        ///< G^2 against a free share for every pair that meets
  double df = 0;              ///< pairs that meet less (values that appear - 1)
  double p_value = 0;         ///< chi-squared; NaN without degrees of freedom
  std::string undefined;      ///< why there is no fit: no finite maximum (Ford 1957), fewer than two values
};

/// Maximum likelihood as R's glm. There is a finite maximum exactly if no set of values wins all its contests against
/// the rest; otherwise nothing is fitted and `undefined` names such a set by `names`.
BradleyTerry bradley_terry(const Eigen::MatrixXd& wins, const std::vector<std::string>& names);

}  // namespace meridian::dilemmas
