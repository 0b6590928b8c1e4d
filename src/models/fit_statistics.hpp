#pragma once
// How well a fit describes the data: information criteria, shares of variance, residuals.
#include <Eigen/Core>
#include <vector>

#include "models/design.hpp"
#include "models/family.hpp"
#include "models/fit.hpp"
#include "models/random_structure.hpp"

namespace meridian::models {

/// Shares of variance need the units of the response only through ratios; they are NaN for least squares (whose R2
/// stands in LinearSummary).
struct FitStatistics {
  double parameters = 0;  ///< coefficients, variance parameters and sigma
  double aic = 0, bic = 0;
  double df_residual = 0;  ///< as R's df.residual: observations less parameters (least squares: less coefficients)
  double variance_fixed = 0, variance_random = 0;
  double r2_marginal = 0, r2_conditional = 0;
  double icc = 0;  ///< of the random part at the means of its columns: with slopes it depends on the covariates
};

/// From the criterion that was minimised, REML or ML, as R's AIC and BIC of an lmer fit. R2: Nakagawa & Schielzeth
/// (2013), Methods Ecol. Evol. 4, eq. 26 and 27; with random slopes Johnson (2014), Methods Ecol. Evol. 5, eq. 10:
/// the random part's variance is the mean over rows of z' Sigma z, summed over terms. `multiplicity` (empty: 1): how
/// many equal rows each row of `design` stands for, the people of a class for instance.
FitStatistics fit_statistics(const Design& design, const std::vector<double>& multiplicity, const Fit& fit);

/// The same for a fit whose theta is written in `structure`: refits keep that of the full sample.
FitStatistics fit_statistics(const Design& design, const std::vector<double>& multiplicity, const Fit& fit,
                             const RandomStructure& structure);

/// Variance that the distribution itself has on the link scale, for R2 and the intraclass correlation. Binomial logit:
/// pi^2 / 3. Poisson log: log(1 + 1 / mean response), the log-normal approximation (Nakagawa, Johnson & Schielzeth
/// 2017, J. R. Soc. Interface 14, table 1 and eq. 5.8).
double distribution_variance(const Responses& responses);

/// Of a generalized model: no sigma among the parameters; shares of variance on the link scale, with the distribution's
/// variance in place of the residual's. A row of several trials counts as so many rows.
FitStatistics generalized_statistics(const Design& design, const Responses& responses, const Fit& fit);

/// sqrt(prior weight) times (response - fixed part - predicted random effects), row by row: lme4's and lm's weighted
/// residuals. The fit must list the effects of all factors (FitOptions::effects_of_pooled).
Eigen::VectorXd weighted_residuals(const Design& design, const Fit& fit);

}  // namespace meridian::models
