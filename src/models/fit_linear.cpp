#include "models/fit_linear.hpp"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>

#include "error.hpp"
#include "models/coefficient_table.hpp"
#include "models/description.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

bool has_intercept(const Design& design) {
  return std::find(design.assign.begin(), design.assign.end(), 0) != design.assign.end();
}

/// Sum of squares of the responses about their weighted mean, or about 0 without an intercept.
double total_square(const Design& design, const std::vector<PooledClass>& classes, double within) {
  double weight = 0, sum = 0, square = 0;
  const auto each_cell = [&](const auto& visit) {
    for (const PooledClass& one : classes) {
      const VectorXd weights = one.count * root_weights(design, one.block).cwiseAbs2();
      for (Index i = 0; i < weights.size(); ++i) visit(weights[i], one.mean[i]);
    }
  };
  each_cell([&](double w, double y) {
    weight += w;
    sum += w * y;
  });
  const double centre = has_intercept(design) ? sum / weight : 0.0;
  each_cell([&](double w, double y) { square += w * (y - centre) * (y - centre); });
  return square + within;
}

/// With an offset R takes the fitted values with it in place of the responses: what they vary, and the residuals.
double total_with_offset(const Design& design, const VectorXd& beta, double residual) {
  const VectorXd weights = design.weights.size() > 0 ? design.weights : VectorXd(VectorXd::Ones(design.x.rows()));
  const VectorXd fitted = design.x * beta + design.offset;
  const double centre = has_intercept(design) ? weights.dot(fitted) / weights.sum() : 0.0;
  return weights.dot((fitted.array() - centre).square().matrix()) + residual;
}

LinearSummary summarise(const Design& design, double observations, double residual, double total) {
  LinearSummary summary;
  const double intercept = has_intercept(design) ? 1 : 0, p = static_cast<double>(design.x.cols());
  summary.df_residual = observations - p;
  summary.df_model = p - intercept;
  summary.residual_standard_error = std::sqrt(residual / summary.df_residual);
  summary.r_squared = 1 - residual / total;
  summary.adjusted_r_squared = 1 - (1 - summary.r_squared) * (observations - intercept) / summary.df_residual;
  summary.f_statistic = summary.f_p_value = std::nan("");
  if (summary.df_model > 0) {
    summary.f_statistic = (total - residual) / summary.df_model / (residual / summary.df_residual);
    const boost::math::fisher_f distribution(summary.df_model, summary.df_residual);
    summary.f_p_value = boost::math::cdf(boost::math::complement(distribution, summary.f_statistic));
  }
  return summary;
}

LinearFit fit_classes(const Design& design, const std::vector<PooledClass>& classes, double confidence) {
  const RandomStructure none;
  check_estimable(design, none, classes);
  const ReducedTable table = reduce_table(design, none, "", classes);
  const double residual = table.y.squaredNorm() + table.within_square;
  LinearFit result;
  const double total = design.offset.size() > 0 ? total_with_offset(design, table.shift, residual)
                                                : total_square(design, classes, table.within_square);
  result.summary = summarise(design, table.observations, residual, total);
  Fit& fit = result.fit;
  fit.method = Method::lm;
  fit.nobs = static_cast<std::size_t>(std::llround(table.observations));
  fit.beta = table.shift;
  fit.sigma = result.summary.residual_standard_error;
  const Index p = design.x.cols();
  const MatrixXd back = table.basis.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(p, p));
  fit.vcov = fit.sigma * fit.sigma * back * back.transpose();
  fit.aliased = design.aliased;
  fit.pwrss = residual;
  fit.criterion = table.observations * (1 + std::log(2 * M_PI * residual / table.observations)) - table.log_weights;
  fit.loglik = -fit.criterion / 2;
  fit.converged = true;
  fit.variance_components.push_back({"Residual", "", "", fit.sigma * fit.sigma, fit.sigma});
  fit.coefficients = coefficient_table(
      design.names, fit.beta, fit.vcov, [&](Index) { return result.summary.df_residual; }, confidence);
  return result;
}

}  // namespace

LinearFit fit_linear(const Design& design, const std::vector<ClassBlock>& blocks,
                     const std::vector<ClassMoments>& moments, double confidence) {
  Design fixed = design;
  fixed.random.clear();
  return fit_classes(fixed, project_moments(fixed, {}, "", blocks, moments), confidence);
}

LinearFit fit_linear(const Design& design, double confidence) {
  Design fixed = design;
  fixed.random.clear();
  return fit_classes(fixed, {{{0, design.x.rows()}, 1, design.response, {}, 0}}, confidence);
}

}  // namespace meridian::models
