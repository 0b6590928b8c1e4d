#include "models/fit_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "models/random_structure.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// The structure in which the fit's theta is written: a class-wise design holds one person per class, the fit counts
/// all of them, and the order of the terms follows the numbers of levels.
RandomStructure structure_of(const Design& design, const Fit& fit) {
  for (const RandomTerm& term : design.random)
    for (const GroupSize& group : fit.groups)
      if (group.name == term.group && group.levels != term.levels.size())
        return random_structure(design.random, group.name, group.levels);
  return random_structure(design.random);
}

VectorXd row_counts(const Design& design, const std::vector<double>& multiplicity) {
  if (multiplicity.empty()) return VectorXd::Ones(design.x.rows());
  return Eigen::Map<const VectorXd>(multiplicity.data(), static_cast<Index>(multiplicity.size()));
}

/// Sample variance (n - 1), as R's var.
double variance(const VectorXd& values, const VectorXd& counts) {
  const double mean = counts.dot(values) / counts.sum();
  return counts.dot((values.array() - mean).square().matrix()) / (counts.sum() - 1);
}

struct RandomVariance {
  double mean = 0;       ///< over the rows
  double at_centre = 0;  ///< at the means of the columns
};

RandomVariance random_variance(const Design& design, const VectorXd& counts, const Fit& fit,
                               const RandomStructure& structure) {
  std::vector<MatrixXd> templates;
  structure.fill_templates(fit.theta, templates);
  RandomVariance result;
  for (const TermBlock& term : structure.terms) {
    const MatrixXd l = fit.sigma * templates[term.factor].block(term.offset, term.offset, term.width, term.width);
    const MatrixXd& z = design.random[term.term].z;
    result.mean += counts.dot((z * l).rowwise().squaredNorm()) / counts.sum();
    result.at_centre += (counts.transpose() * z / counts.sum() * l).squaredNorm();
  }
  return result;
}

void add_shares(const Design& design, const VectorXd& counts, const Fit& fit, double residual,
                const RandomStructure& structure, FitStatistics& statistics) {
  const RandomVariance random = random_variance(design, counts, fit, structure);
  statistics.variance_fixed = variance(design.x * fit.beta, counts);
  statistics.variance_random = random.mean;
  const double total = statistics.variance_fixed + random.mean + residual;
  statistics.r2_marginal = statistics.variance_fixed / total;
  statistics.r2_conditional = (statistics.variance_fixed + random.mean) / total;
  statistics.icc = random.at_centre / (random.at_centre + residual);
}

/// Adds the predicted effects of one factor, which the fit lists level by level, column by column.
void add_effects(const Design& design, const GroupingFactor& factor, const Fit& fit, VectorXd& fitted) {
  const auto first = std::find_if(fit.random_effects.begin(), fit.random_effects.end(),
                                  [&](const RandomEffect& effect) { return effect.group == factor.name; });
  const auto listed = static_cast<std::size_t>(fit.random_effects.end() - first);
  if (listed < factor.levels * static_cast<std::size_t>(factor.width))
    throw Error(ExitCode::bug, "residuals need the predicted effects of " + factor.name);
  Index offset = 0;
  for (const std::size_t t : factor.terms) {
    const RandomTerm& term = design.random[t];
    for (Index row = 0; row < fitted.size(); ++row) {
      const auto effect = first + term.level[static_cast<std::size_t>(row)] * factor.width + offset;
      for (Index column = 0; column < term.z.cols(); ++column)
        fitted[row] += term.z(row, column) * (effect + column)->value;
    }
    offset += term.z.cols();
  }
}

/// `scales`: 1 where the residual variance is a parameter. Least squares counts it in AIC but not in df.
FitStatistics information_criteria(const Fit& fit, double scales) {
  FitStatistics statistics;
  const auto observations = static_cast<double>(fit.nobs);
  statistics.parameters = static_cast<double>(fit.beta.size() + fit.theta.size()) + scales;
  statistics.aic = fit.criterion + 2 * statistics.parameters;
  statistics.bic = fit.criterion + std::log(observations) * statistics.parameters;
  statistics.df_residual = observations - statistics.parameters;
  const double none = std::nan("");
  statistics.variance_fixed = statistics.variance_random = none;
  statistics.r2_marginal = statistics.r2_conditional = statistics.icc = none;
  return statistics;
}

}  // namespace

FitStatistics fit_statistics(const Design& design, const std::vector<double>& multiplicity, const Fit& fit) {
  return fit_statistics(design, multiplicity, fit,
                        fit.method == Method::lm ? RandomStructure() : structure_of(design, fit));
}

FitStatistics fit_statistics(const Design& design, const std::vector<double>& multiplicity, const Fit& fit,
                             const RandomStructure& structure) {
  FitStatistics statistics = information_criteria(fit, 1);
  if (fit.method == Method::lm)
    statistics.df_residual += 1;
  else
    add_shares(design, row_counts(design, multiplicity), fit, fit.sigma * fit.sigma, structure, statistics);
  return statistics;
}

double distribution_variance(const Responses& responses) {
  if (responses.family == Family::binomial) return M_PI * M_PI / 3;
  return std::log1p(1 / responses.counts.mean());
}

FitStatistics generalized_statistics(const Design& design, const Responses& responses, const Fit& fit) {
  FitStatistics statistics = information_criteria(fit, 0);
  add_shares(design, responses.trials, fit, distribution_variance(responses), structure_of(design, fit), statistics);
  return statistics;
}

VectorXd weighted_residuals(const Design& design, const Fit& fit) {
  VectorXd fitted = design.x * fit.beta;
  if (fit.method != Method::lm)
    for (const GroupingFactor& factor : random_structure(design.random).factors)
      add_effects(design, factor, fit, fitted);
  const VectorXd residuals = design.response - fitted;
  return design.weights.size() > 0 ? VectorXd(design.weights.cwiseSqrt().cwiseProduct(residuals)) : residuals;
}

}  // namespace meridian::models
