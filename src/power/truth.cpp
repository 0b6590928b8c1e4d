#include "power/truth.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::power {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// "NAME=NUMBER"; the name may hold '=' in factor levels, so the last one counts.
std::pair<std::string, double> assignment(const std::string& option, const std::string& text) {
  const auto equals = text.rfind('=');
  double value = 0;
  if (equals == std::string::npos || equals == 0 || !tables::parse_number(text.substr(equals + 1), value))
    throw InputError(option, "'" + text + "'", "NAME=NUMBER", "For example " + option + " nation=0.05");
  return {text.substr(0, equals), value};
}

std::string column_name(const models::RandomStructure& structure, std::size_t factor, Index column) {
  return structure.factors[factor].name + "." + structure.factors[factor].columns[static_cast<std::size_t>(column)];
}

/// Lower Cholesky factor of a covariance that may be singular; `false` if it is no covariance.
bool semidefinite_factor(const MatrixXd& covariance, MatrixXd& lower) {
  const double tolerance = 1e-10 * std::max(covariance.diagonal().maxCoeff(), 1e-300);
  lower = MatrixXd::Zero(covariance.rows(), covariance.cols());
  for (Index j = 0; j < lower.cols(); ++j)
    for (Index i = j; i < lower.rows(); ++i) {
      const double rest = covariance(i, j) - lower.row(i).head(j).dot(lower.row(j).head(j));
      if (i == j) {
        if (rest < -tolerance) return false;
        lower(j, j) = rest > tolerance ? std::sqrt(rest) : 0;
      } else if (lower(j, j) > 0) {
        lower(i, j) = rest / lower(j, j);
      } else if (std::abs(rest) > std::sqrt(tolerance * covariance(i, i)) + tolerance) {
        return false;
      }
    }
  return true;
}

void take_template(const models::RandomStructure& structure, std::size_t factor, const MatrixXd& lower,
                   Eigen::VectorXd& theta) {
  for (std::size_t i = 0; i < structure.theta.size(); ++i)
    if (structure.theta[i].factor == factor)
      theta[static_cast<Index>(i)] = lower(structure.theta[i].row, structure.theta[i].column);
}

/// Parameters in the order of another structure: terms are ordered by their numbers of levels, which change with size.
Eigen::VectorXd reordered(const std::vector<std::string>& names, const Eigen::VectorXd& theta,
                          const models::RandomStructure& structure) {
  Eigen::VectorXd other(theta.size());
  for (Index i = 0; i < other.size(); ++i) {
    const auto found = std::find(names.begin(), names.end(), structure.theta_names[static_cast<std::size_t>(i)]);
    other[i] = theta[found - names.begin()];
  }
  return other;
}

}  // namespace

Truth truth_of(const models::Fit& fit, const models::Design& design) {
  models::RandomStructure structure = models::random_structure(design.random);
  const Eigen::VectorXd theta = reordered(fit.theta_names, fit.theta, structure);
  return {design.names, fit.beta, std::move(structure), theta, fit.sigma};
}

void set_effect(const std::string& text, Truth& truth) {
  const auto [term, value] = assignment("--effect", text);
  const auto found = std::find(truth.terms.begin(), truth.terms.end(), term);
  if (found == truth.terms.end())
    throw InputError("effect", "'" + term + "'", fmt::format("one of {}", fmt::join(truth.terms, ", ")),
                     "Name a fixed effect of the model");
  truth.beta[found - truth.terms.begin()] = value;
}

std::vector<std::string> deviation_names(const Truth& truth) {
  std::vector<std::string> names;
  for (std::size_t f = 0; f < truth.structure.factors.size(); ++f)
    for (Index column = 0; column < truth.structure.factors[f].width; ++column)
      names.push_back(column_name(truth.structure, f, column));
  names.emplace_back("residual");
  return names;
}

void set_deviation(const std::string& text, Truth& truth) {
  const auto [name, value] = assignment("--sd", text);
  if (!(value >= 0) || (name == "residual" && value == 0))
    throw InputError("standard deviation", "'" + text + "'", "a number from 0 (the residual's: above 0)", "Correct it");
  if (name == "residual") {
    truth.theta *= truth.sigma / value;
    truth.sigma = value;
    return;
  }
  std::vector<MatrixXd> templates;
  truth.structure.fill_templates(truth.theta, templates);
  for (std::size_t f = 0; f < templates.size(); ++f)
    for (Index column = 0; column < templates[f].rows(); ++column) {
      if (column_name(truth.structure, f, column) != name) continue;
      const double now = templates[f].row(column).norm() * truth.sigma;
      if (now > 0)
        templates[f].row(column) *= value / now;
      else
        templates[f](column, column) = value / truth.sigma;
      return take_template(truth.structure, f, templates[f], truth.theta);
    }
  throw InputError("standard deviation", "'" + name + "'",
                   fmt::format("one of {}", fmt::join(deviation_names(truth), ", ")),
                   "Name a random-effects column of the model");
}

void set_correlations(const std::vector<Correlation>& correlations, Truth& truth) {
  std::vector<MatrixXd> templates;
  truth.structure.fill_templates(truth.theta, templates);
  for (std::size_t f = 0; f < templates.size(); ++f) {
    const models::GroupingFactor& factor = truth.structure.factors[f];
    MatrixXd covariance = templates[f] * templates[f].transpose();
    const auto at = [&](const std::string& column) {
      return std::find(factor.columns.begin(), factor.columns.end(), column) - factor.columns.begin();
    };
    for (const Correlation& one : correlations) {
      const Index i = at(one.column), j = at(one.other);
      if (one.group != factor.name || i == factor.width || j == factor.width) continue;
      covariance(i, j) = covariance(j, i) = one.value * std::sqrt(covariance(i, i) * covariance(j, j));
    }
    if (!semidefinite_factor(covariance, templates[f]))
      throw InputError("correlations of " + factor.name, "no covariance matrix has them",
                       "correlations that fit together", "Move them toward 0");
    take_template(truth.structure, f, templates[f], truth.theta);
  }
}

Truth truth_for(const Truth& truth, const models::Design& design) {
  if (design.names != truth.terms)
    throw InputError("design", fmt::format("the fixed effects {}", fmt::join(design.names, ", ")),
                     fmt::format("{}", fmt::join(truth.terms, ", ")),
                     "Take more people or models: at this size the design loses effects");
  Truth other = truth;
  other.structure = models::random_structure(design.random);
  other.theta = reordered(truth.structure.theta_names, truth.theta, other.structure);
  return other;
}

}  // namespace meridian::power
