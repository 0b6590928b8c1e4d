#include "models/random_structure.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace meridian::models {

namespace {

std::size_t factor_of(RandomStructure& structure, const RandomTerm& term) {
  auto& factors = structure.factors;
  for (std::size_t f = 0; f < factors.size(); ++f)
    if (factors[f].name == term.group) return f;
  factors.push_back({term.group, term.levels.size(), 0, {}, {}});
  return factors.size() - 1;
}

/// Appends the lower triangle of `term`, column by column.
void append_theta(RandomStructure& structure, TermBlock& block, const RandomTerm& term) {
  block.first_theta = structure.theta.size();
  for (Eigen::Index column = 0; column < block.width; ++column)
    for (Eigen::Index row = column; row < block.width; ++row) {
      structure.theta.push_back({block.factor, block.offset + row, block.offset + column});
      std::string name = term.group + "." + term.columns[static_cast<std::size_t>(row)];
      if (row != column) name += "." + term.columns[static_cast<std::size_t>(column)];
      structure.theta_names.push_back(name);
    }
}

/// Lower triangle with a zero column where the pivot is but rounding.
Eigen::MatrixXd semidefinite_cholesky(Eigen::MatrixXd covariance) {
  const Eigen::VectorXd variances = covariance.diagonal();
  Eigen::MatrixXd l = Eigen::MatrixXd::Zero(covariance.rows(), covariance.cols());
  for (Eigen::Index j = 0; j < covariance.cols(); ++j) {
    if (covariance(j, j) <= 1e-14 * std::max(variances[j], 1.0)) continue;
    const Eigen::Index below = covariance.rows() - j;
    l.col(j).tail(below) = covariance.col(j).tail(below) / std::sqrt(covariance(j, j));
    covariance -= l.col(j) * l.col(j).transpose();
  }
  return l;
}

}  // namespace

RandomStructure random_structure(const std::vector<RandomTerm>& random, const std::string& pooled,
                                 std::size_t pooled_levels) {
  RandomStructure structure;
  std::vector<TermBlock> blocks;
  for (std::size_t t = 0; t < random.size(); ++t) {
    const std::size_t f = factor_of(structure, random[t]);
    GroupingFactor& factor = structure.factors[f];
    if (factor.name == pooled) factor.levels = pooled_levels;
    const auto width = static_cast<Eigen::Index>(random[t].columns.size());
    blocks.push_back({f, factor.width, width, 0, t});
    factor.width += width;
    factor.terms.push_back(t);
    factor.columns.insert(factor.columns.end(), random[t].columns.begin(), random[t].columns.end());
  }
  std::vector<std::size_t> order(random.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto more_levels = [&](std::size_t a, std::size_t b) {
    return structure.factors[blocks[a].factor].levels > structure.factors[blocks[b].factor].levels;
  };
  std::stable_sort(order.begin(), order.end(), more_levels);
  for (const std::size_t t : order) {
    append_theta(structure, blocks[t], random[t]);
    structure.terms.push_back(blocks[t]);
  }
  return structure;
}

void RandomStructure::fill_templates(const Eigen::VectorXd& parameters, std::vector<Eigen::MatrixXd>& templates) const {
  if (templates.size() != factors.size()) {
    templates.clear();
    for (const GroupingFactor& factor : factors) templates.push_back(Eigen::MatrixXd::Zero(factor.width, factor.width));
  }
  for (std::size_t i = 0; i < theta.size(); ++i)
    templates[theta[i].factor](theta[i].row, theta[i].column) = parameters[static_cast<Eigen::Index>(i)];
}

void RandomStructure::make_canonical(Eigen::VectorXd& parameters) const {
  std::vector<Eigen::MatrixXd> templates;
  fill_templates(parameters, templates);
  for (const TermBlock& term : terms) {
    auto l = templates[term.factor].block(term.offset, term.offset, term.width, term.width);
    for (Eigen::Index j = 0; j < term.width; ++j)
      if (l(j, j) < 0) l.col(j) = -l.col(j).eval();
    const Eigen::VectorXd lengths = l.rowwise().norm();
    if ((l.diagonal().array() <= 1e-7 * lengths.array().max(1.0)).any()) l = semidefinite_cholesky(l * l.transpose());
  }
  for (std::size_t i = 0; i < theta.size(); ++i)
    parameters[static_cast<Eigen::Index>(i)] = templates[theta[i].factor](theta[i].row, theta[i].column);
}

Eigen::VectorXd RandomStructure::off_boundary(const Eigen::VectorXd& parameters) const {
  constexpr double least = 0.05;
  Eigen::VectorXd moved = parameters;
  for (std::size_t i = 0; i < theta.size(); ++i) {
    double& value = moved[static_cast<Eigen::Index>(i)];
    if (theta[i].row == theta[i].column) value = std::max(value, least);
  }
  return moved;
}

Eigen::VectorXd RandomStructure::start() const {
  Eigen::VectorXd parameters(static_cast<Eigen::Index>(theta.size()));
  for (std::size_t i = 0; i < theta.size(); ++i)
    parameters[static_cast<Eigen::Index>(i)] = theta[i].row == theta[i].column ? 1.0 : 0.0;
  return parameters;
}

}  // namespace meridian::models
