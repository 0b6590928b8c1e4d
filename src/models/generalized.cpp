#include "models/generalized.hpp"

#include <cmath>
#include <limits>

#include "models/coefficient_table.hpp"
#include "models/generalized_mixed.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

void take_fixed_part(const ReweightedFit& fixed, Fit& fit) {
  fit.beta = fixed.beta;
  fit.vcov = fixed.vcov;
  fit.criterion = -2 * fixed.loglik;
  fit.converged = true;
  fit.evaluations = fixed.iterations;
}

/// Deviance of the intercept alone; of no coefficient at all where the model has no intercept, as R's glm.
double null_deviance(const Design& design, const Responses& responses) {
  const bool intercept = !design.assign.empty() && design.assign.front() == 0;
  const Eigen::MatrixXd column = Eigen::MatrixXd::Ones(design.x.rows(), intercept ? 1 : 0);
  return reweighted_fit(column, {"(Intercept)"}, responses).deviance;
}

void add_residuals(const Responses& responses, GeneralizedFit& result) {
  result.pearson_residuals.resize(responses.counts.size());
  for (Index row = 0; row < responses.counts.size(); ++row) {
    const double eta = result.predictor[row];
    const ResponsePoint point = responses.point(row, eta);
    result.pearson_residuals[row] = point.residual / std::sqrt(point.weight);
    result.deviance += responses.deviance(row, eta);
  }
  result.pearson_square = result.pearson_residuals.squaredNorm();
}

}  // namespace

GeneralizedFit fit_generalized(const Design& design, const GeneralizedOptions& options) {
  const Responses responses = read_responses(design, options.family);
  const ReweightedFit fixed = reweighted_fit(design.x, design.names, responses);
  GeneralizedFit result;
  result.family = options.family;
  Fit& fit = result.fit;
  fit.formula = options.formula;
  fit.method = Method::generalized;
  fit.nobs = static_cast<std::size_t>(design.x.rows());
  fit.sigma = 1;
  fit.aliased = design.aliased;
  if (design.random.empty()) {
    take_fixed_part(fixed, fit);
    result.predictor = fixed.predictor;
    result.null_deviance = null_deviance(design, responses);
  } else {
    result.nodes = options.nodes;
    fit_random_part(design, responses, fixed, options, result);
    result.null_deviance = std::nan("");
  }
  fit.loglik = -fit.criterion / 2;
  const auto normal = [](Index) { return std::numeric_limits<double>::infinity(); };
  fit.coefficients = coefficient_table(design.names, fit.beta, fit.vcov, normal, options.confidence);
  add_residuals(responses, result);
  result.distribution_variance = distribution_variance(responses);
  result.statistics = generalized_statistics(design, responses, fit);
  result.overdispersion = result.pearson_square / result.statistics.df_residual;
  return result;
}

}  // namespace meridian::models
