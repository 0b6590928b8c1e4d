#pragma once
// Generalized linear (mixed) models: R's glm, lme4's glmer.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/family.hpp"
#include "models/fit.hpp"
#include "models/fit_statistics.hpp"

namespace meridian::models {

struct GeneralizedOptions {
  Family family = Family::binomial;
  int nodes = 1;  ///< 1: Laplace; more: adaptive Gauss-Hermite quadrature, for one scalar random term only
  std::string formula;
  double confidence = 0.95;
  Eigen::VectorXd start;  ///< of Fit::theta, for refits; empty: identity templates
};

struct GeneralizedFit {
  Fit fit;  ///< method generalized, sigma 1; z tests (df infinite); criterion -2 log likelihood with all constants
  Family family = Family::binomial;
  int nodes = 0;                                  ///< 0: no random terms
  double deviance = 0;                            ///< residual deviance, at the conditional modes (R's deviance())
  double null_deviance = 0;                       ///< of the intercept alone; NaN with random terms
  double pearson_square = 0, overdispersion = 0;  ///< Pearson's chi-squared; divided by the residual df
  double distribution_variance = 0;               ///< on the link scale, see fit_statistics.hpp
  FitStatistics statistics;
  Eigen::VectorXd predictor;          ///< kept rows, at the conditional modes
  Eigen::VectorXd pearson_residuals;  ///< kept rows: (y - E y) / SD y
};

/// Maximum likelihood in theta and beta together; standard errors from their joint Hessian, as glmer. The design was
/// built with DesignOptions::offset_in_predictor. InputError: responses the family cannot have, separation, a random
/// term that cannot be estimated, quadrature with anything but one scalar random term.
GeneralizedFit fit_generalized(const Design& design, const GeneralizedOptions& options);

}  // namespace meridian::models
