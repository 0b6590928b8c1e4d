#include "models/refit.hpp"

#include <algorithm>
#include <cmath>

#include "models/criterion.hpp"
#include "models/description.hpp"
#include "models/optimise.hpp"
#include "models/variance_errors.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// vcov = sigma^2 (X'V^-1 X)^-1; the trailing block of A's factor is the factor of X'V^-1 X.
MatrixXd coefficient_vcov(const Criterion& criterion, const ReducedTable& table, double sigma) {
  const Index p = table.x.cols();
  MatrixXd half = MatrixXd::Identity(p, p);
  criterion.system().fixed_factor().triangularView<Eigen::Lower>().transpose().solveInPlace(half);
  table.basis.triangularView<Eigen::Upper>().solveInPlace(half);
  return sigma * sigma * half * half.transpose();
}

Fit lean_fit(const RandomStructure& structure, const Criterion& criterion, const Optimum& optimum,
             const ReducedTable& table, const VectorXd& units) {
  Fit fit;
  fit.method = criterion.method();
  fit.nobs = static_cast<std::size_t>(std::llround(table.observations));
  fit.theta = optimum.theta.cwiseProduct(units);
  fit.pwrss = criterion.state().residual_square;
  fit.sigma = std::sqrt(fit.pwrss / criterion.degrees_of_freedom());
  fit.criterion = optimum.value;
  fit.loglik = -optimum.value / 2;
  fit.beta =
      table.shift + table.basis.triangularView<Eigen::Upper>().solve(criterion.state().spherical.tail(table.x.cols()));
  fit.vcov = coefficient_vcov(criterion, table, fit.sigma);
  fit.converged = optimum.reached;
  fit.evaluations = criterion.evaluations();
  describe_variances(structure, fit);
  fit.variance_components.push_back({"Residual", "", "", fit.sigma * fit.sigma, fit.sigma});
  return fit;
}

}  // namespace

Refitter::Refitter(const Design& design, const std::string& pooled, const std::vector<PooledClass>& classes,
                   Method method, const VectorXd& theta)
    : pooled_(pooled), method_(method), structure_(random_structure(design.random, pooled, people_in(classes))) {
  check_estimable(design, structure_, classes);
  const ReducedTable table = reduce_table(design, structure_, pooled, classes);
  const Problem problem = build_problem(structure_, table);
  check_residual_variation(table, problem);
  Criterion criterion(problem, method);
  const VectorXd units = theta_units(structure_, table.factors);
  const Optimum optimum =
      minimise(criterion, theta.size() == 0 ? structure_.start() : VectorXd(theta.cwiseQuotient(units)));
  full_ = lean_fit(structure_, criterion, optimum, table, units);
  if (method == Method::reml) full_variance_errors_ = variance_errors(criterion, units, full_);
  start_ = structure_.off_boundary(optimum.theta).cwiseProduct(units);
  inverse_hessian_ = units.asDiagonal() * bounded_inverse(optimum.hessian) * units.asDiagonal();
}

Fit Refitter::refit(const Design& design, const std::vector<PooledClass>& classes, VectorXd* errors) const {
  check_estimable(design, structure_, classes);
  const ReducedTable table = reduce_table(design, structure_, pooled_, classes);
  const Problem problem = build_problem(structure_, table);
  check_residual_variation(table, problem);
  Criterion criterion(problem, method_);
  const VectorXd units = theta_units(structure_, table.factors), inverse_units = units.cwiseInverse();
  const Optimum optimum = minimise_near(criterion, start_.cwiseProduct(inverse_units),
                                        inverse_units.asDiagonal() * inverse_hessian_ * inverse_units.asDiagonal());
  Fit fit = lean_fit(structure_, criterion, optimum, table, units);
  if (errors != nullptr && method_ == Method::reml) *errors = variance_errors(criterion, units, fit);
  return fit;
}

}  // namespace meridian::models
