#pragma once
// Fixed effects of a generalized linear model by iteratively reweighted least squares (McCullagh & Nelder 1989, 2.5).
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/family.hpp"

namespace meridian::models {

struct ReweightedFit {
  Eigen::VectorXd beta;       ///< p
  Eigen::MatrixXd vcov;       ///< (X'WX)^-1
  Eigen::VectorXd predictor;  ///< rows
  Eigen::VectorXd weight;     ///< W, rows
  double loglik = 0, deviance = 0;
  int iterations = 0;
};

/// `x` has independent columns, named `names`. InputError when coefficients grow without bound: a combination of the
/// columns separates successes from failures, or rows with counts from rows without (Albert & Anderson 1984, Biometrika
/// 71). Random effects cannot mend that, so that mixed models are checked by their fixed part.
ReweightedFit reweighted_fit(const Eigen::MatrixXd& x, const std::vector<std::string>& names,
                             const Responses& responses);

}  // namespace meridian::models
