#include "models/description.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "error.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// A direction whose share of the largest standard deviation is below this counts as absent (lme4's isSingular: 1e-4).
constexpr double absent = 1e-4;

MatrixXd term_template(const RandomStructure& structure, const TermBlock& term, const VectorXd& theta) {
  std::vector<MatrixXd> templates;
  structure.fill_templates(theta, templates);
  return templates[term.factor].block(term.offset, term.offset, term.width, term.width);
}

std::string combination(const VectorXd& direction, const std::vector<std::string>& columns, Index offset) {
  std::string text;
  for (Index i = 0; i < direction.size(); ++i) {
    if (std::abs(direction[i]) < 1e-6) continue;
    if (!text.empty()) text += direction[i] < 0 ? " - " : " + ";
    const double weight = text.empty() ? direction[i] : std::abs(direction[i]);
    text += fmt::format("{:.3g} x {}", weight, columns[static_cast<std::size_t>(offset + i)]);
  }
  return text;
}

void name_singular_direction(const GroupingFactor& factor, const TermBlock& term, const MatrixXd& covariance,
                             const VectorXd& direction, Fit& fit) {
  const auto column = [&](Index i) { return factor.columns[static_cast<std::size_t>(term.offset + i)]; };
  Index largest = 0;
  const double weight = direction.cwiseAbs().maxCoeff(&largest);
  std::string what;
  if (weight > 1 - 1e-6) {
    what = fmt::format("the variance of {} between levels of {} is estimated as 0", column(largest), factor.name);
  } else if (term.width == 2) {
    const double sign = covariance(0, 1) < 0 ? -1 : 1;
    what = fmt::format("the correlation of {} and {} between levels of {} is estimated as {:.2f}", column(0), column(1),
                       factor.name, sign);
  } else {
    what = fmt::format("the combination {} does not vary between levels of {}",
                       combination(direction, factor.columns, term.offset), factor.name);
  }
  fit.messages.push_back("singular fit: " + what +
                         ". The estimate lies on the boundary of what is possible: a valid result, but the data do not "
                         "support this random effect, and a simpler random part fits as well.");
}

void find_singular_directions(const GroupingFactor& factor, const TermBlock& term, const MatrixXd& covariance,
                              Fit& fit) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(covariance);
  const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
  for (Index i = 0; i < term.width; ++i) {
    const double value = std::max(0.0, eigen.eigenvalues()[i]);
    if (value > absent * absent * std::max(largest, absent)) continue;
    fit.singular = true;
    name_singular_direction(factor, term, covariance, eigen.eigenvectors().col(i), fit);
  }
}

void append_components(const GroupingFactor& factor, const TermBlock& term, const MatrixXd& covariance, Fit& fit) {
  const auto column = [&](Index i) { return factor.columns[static_cast<std::size_t>(term.offset + i)]; };
  for (Index i = 0; i < term.width; ++i)
    fit.variance_components.push_back({factor.name, column(i), "", covariance(i, i), std::sqrt(covariance(i, i))});
  for (Index i = 0; i < term.width; ++i)
    for (Index j = i + 1; j < term.width; ++j) {
      const double scale = std::sqrt(covariance(i, i) * covariance(j, j));
      const double correlation = scale > 0 ? covariance(i, j) / scale : std::nan("");
      fit.variance_components.push_back({factor.name, column(i), column(j), covariance(i, j), correlation});
    }
}

}  // namespace

void check_estimable(const Design& design, const RandomStructure& structure, const std::vector<PooledClass>& classes) {
  double observations = 0;
  for (const PooledClass& one : classes) {
    observations += one.count * static_cast<double>(one.block.rows);
    if (!one.mean.allFinite() || !std::isfinite(one.trace))
      throw InputError("response", "a value that is not finite", "finite numbers", "Remove or correct the row");
  }
  if (!(observations > static_cast<double>(design.x.cols())))
    throw InputError("model", fmt::format("{:.0f} observations", observations),
                     fmt::format("more than its {} coefficients", design.x.cols()), "Use fewer terms or more data");
  if (design.weights.size() > 0 && !(design.weights.minCoeff() > 0))
    throw InputError("prior weights", fmt::format("{}", design.weights.minCoeff()), "positive numbers",
                     "Leave out rows without weight");
  for (const GroupingFactor& factor : structure.factors) {
    if (factor.levels < 2)
      throw InputError("grouping factor " + factor.name, "one level", "at least two",
                       "A variance between levels needs several levels: drop the term");
    for (const std::size_t t : factor.terms) {
      const double effects = static_cast<double>(factor.levels) * static_cast<double>(design.random[t].columns.size());
      if (effects >= observations)
        throw InputError("grouping factor " + factor.name, fmt::format("{:.0f} random effects", effects),
                         fmt::format("fewer than the {:.0f} observations", observations),
                         "The residual cannot be told from them: drop columns of the term");
    }
  }
}

void check_residual_variation(const ReducedTable& table, const Problem& problem) {
  const double explained = (table.basis * table.shift).squaredNorm();
  if (problem.square > 1e-24 * explained && problem.square > 0) return;
  throw InputError("response", "no variation about the fixed effects", "residual variation",
                   "Mixed models cannot be fitted to data without noise");
}

void describe_variances(const RandomStructure& structure, Fit& fit) {
  const double variance = fit.sigma * fit.sigma;
  std::vector<bool> counted(structure.factors.size(), false);
  for (const TermBlock& term : structure.terms) {
    const GroupingFactor& factor = structure.factors[term.factor];
    if (!counted[term.factor]) fit.groups.push_back({factor.name, factor.levels});
    counted[term.factor] = true;
    const MatrixXd l = term_template(structure, term, fit.theta);
    const MatrixXd relative = l * l.transpose();
    append_components(factor, term, variance * relative, fit);
    find_singular_directions(factor, term, relative, fit);
  }
}

void describe_convergence(const std::vector<std::string>& parameters, const Optimum& optimum, Fit& fit) {
  fit.largest_gradient = optimum.gradient.size() > 0 ? optimum.gradient.cwiseAbs().maxCoeff() : 0;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(optimum.hessian);
  fit.smallest_hessian_eigenvalue = eigen.eigenvalues()[0];
  fit.converged = optimum.reached;
  if (!optimum.reached)
    fit.messages.push_back(fmt::format(
        "not converged: the largest gradient is {:.2g} (distance to the optimum about {:.2g} standard errors), the "
        "smallest eigenvalue of the Hessian {:.2g}. Do not report these numbers; rescale covariates or simplify the "
        "random part.",
        fit.largest_gradient, optimum.decrement, fit.smallest_hessian_eigenvalue));
  const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
  for (Index i = 0; i < optimum.hessian.rows() && !fit.singular; ++i) {
    if (std::abs(eigen.eigenvalues()[i]) > 1e-8 * largest) continue;
    Index parameter = 0;
    eigen.eigenvectors().col(i).cwiseAbs().maxCoeff(&parameter);
    fit.messages.push_back("not identified: the criterion does not change along a direction led by " +
                           parameters[static_cast<std::size_t>(parameter)] +
                           ". Two random terms describe the same variation; keep one of them.");
  }
}

}  // namespace meridian::models
