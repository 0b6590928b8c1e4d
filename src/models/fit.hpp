#pragma once
// The result of fitting a (mixed) model, in the terms that users of lme4, lmerTest and broom know.
#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

namespace meridian::models {

struct Coefficient {
  std::string term;  ///< as R names it: "(Intercept)", "nation:origin", "removedCare"
  double estimate = 0, std_error = 0, df = 0, statistic = 0, p_value = 0, conf_low = 0, conf_high = 0;  ///< 95 %
};

/// One row of the variance-component table: term2 empty: a variance and its SD; else a covariance and the correlation.
struct VarianceComponent {
  std::string group, term1, term2;
  double variance = 0, sd_or_corr = 0;
};

struct GroupSize {
  std::string name;
  std::size_t levels = 0;
};

/// Predicted random effect of one level and its conditional SD (given theta, sigma and beta; lme4's condVar).
struct RandomEffect {
  std::string group, level, term;
  double value = 0, conditional_sd = 0;
};

/// How the tests of the fixed effects allow for variances that are estimated.
enum class SmallSample { satterthwaite, kenward_roger };

enum class Method { lm, reml, ml, generalized };

struct Fit {
  std::string formula;
  Method method = Method::reml;
  SmallSample small_sample = SmallSample::satterthwaite;
  std::size_t nobs = 0;
  std::vector<GroupSize> groups;
  Eigen::VectorXd beta;  ///< p
  Eigen::MatrixXd vcov;  ///< p x p, in the units of the response squared
  std::vector<Coefficient> coefficients;
  std::vector<std::string> aliased;                    ///< rank-deficient columns that were dropped, by name
  std::vector<VarianceComponent> variance_components;  ///< Residual last
  std::vector<RandomEffect> random_effects;            ///< of factors that were not eliminated; others on request
  Eigen::VectorXd theta;  ///< relative covariance parameters, lower triangles column by column, term by term
  std::vector<std::string> theta_names;  ///< "participant.(Intercept)", "participant.origin.(Intercept)", ...
  double sigma = 0;
  double criterion = 0;  ///< REML deviance, ML deviance (-2 log likelihood), as lme4 prints it
  double loglik = 0;
  double pwrss = 0;  ///< penalised residual sum of squares (lm: residual sum of squares)
  bool converged = false, singular = false;
  double largest_gradient = 0, smallest_hessian_eigenvalue = 0;  ///< of the criterion in theta, off the boundary
  int evaluations = 0;
  std::vector<std::string> messages;  ///< convergence, singularity and aliasing in plain words
};

}  // namespace meridian::models
