#pragma once
// The slow, obvious twin: the n x n covariance matrix, written down and inverted.
#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/random_structure.hpp"

namespace dense {

using meridian::models::Design;
using meridian::models::Method;
using meridian::models::RandomStructure;
using meridian::models::RandomTerm;

struct Model {
  Eigen::MatrixXd inverse;  ///< V^-1, V in units of the residual variance
  Eigen::VectorXd beta;
  Eigen::MatrixXd relative;  ///< (X'V^-1 X)^-1
  double logs = 0, square = 0, nu = 0, criterion = 0;
  double sigma2() const { return square / nu; }
};

/// Template of a term at theta (of the original columns).
inline Eigen::MatrixXd term_template(const RandomStructure& structure, std::size_t t, const Eigen::VectorXd& theta) {
  std::vector<Eigen::MatrixXd> templates;
  structure.fill_templates(theta, templates);
  for (const auto& block : structure.terms)
    if (block.term == t) return templates[block.factor].block(block.offset, block.offset, block.width, block.width);
  return {};
}

/// Rows x (levels * width): the usual Z of one term.
inline Eigen::MatrixXd indicator_columns(const RandomTerm& term) {
  const Eigen::Index q = term.z.cols();
  Eigen::MatrixXd z = Eigen::MatrixXd::Zero(term.z.rows(), q * static_cast<Eigen::Index>(term.levels.size()));
  for (Eigen::Index r = 0; r < z.rows(); ++r)
    z.block(r, q * term.level[static_cast<std::size_t>(r)], 1, q) = term.z.row(r);
  return z;
}

inline Eigen::MatrixXd block_diagonal(const Eigen::MatrixXd& block, std::size_t copies) {
  Eigen::MatrixXd all = Eigen::MatrixXd::Zero(block.rows() * static_cast<Eigen::Index>(copies),
                                              block.cols() * static_cast<Eigen::Index>(copies));
  for (std::size_t i = 0; i < copies; ++i)
    all.block(static_cast<Eigen::Index>(i) * block.rows(), static_cast<Eigen::Index>(i) * block.cols(), block.rows(),
              block.cols()) = block;
  return all;
}

inline Model evaluate(const Design& design, const RandomStructure& structure, const Eigen::VectorXd& theta,
                      Method method) {
  const Eigen::Index n = design.x.rows(), p = design.x.cols();
  Eigen::MatrixXd v = Eigen::MatrixXd::Identity(n, n);
  if (design.weights.size() > 0) v.diagonal() = design.weights.cwiseInverse();
  for (std::size_t t = 0; t < design.random.size(); ++t) {
    const Eigen::MatrixXd zl = indicator_columns(design.random[t]) *
                               block_diagonal(term_template(structure, t, theta), design.random[t].levels.size());
    v += zl * zl.transpose();
  }
  Model model;
  const Eigen::LLT<Eigen::MatrixXd> cholesky(v);
  model.inverse = cholesky.solve(Eigen::MatrixXd::Identity(n, n));
  const Eigen::MatrixXd information = design.x.transpose() * model.inverse * design.x;
  model.relative = information.inverse();
  model.beta = model.relative * (design.x.transpose() * (model.inverse * design.response));
  const Eigen::VectorXd residual = design.response - design.x * model.beta;
  model.square = residual.dot(model.inverse * residual);
  model.nu = static_cast<double>(n) - (method == Method::reml ? static_cast<double>(p) : 0.0);
  model.logs = 2 * cholesky.matrixLLT().diagonal().array().log().sum();
  if (method == Method::reml) model.logs += std::log(information.determinant());
  model.criterion = model.logs + model.nu * (1 + std::log(2 * M_PI * model.square / model.nu));
  return model;
}

/// Criterion with sigma as a parameter of its own.
inline double unprofiled(const Model& model, double sigma) {
  return model.logs + model.nu * std::log(2 * M_PI * sigma * sigma) + model.square / (sigma * sigma);
}

// --- made-up data -------------------------------------------------------------------------------------------------

/// A term with an intercept and the given covariates.
inline RandomTerm make_term(const std::string& group, const std::vector<std::int32_t>& level,
                            const std::vector<std::pair<std::string, Eigen::VectorXd>>& covariates,
                            bool intercept = true) {
  RandomTerm term;
  term.group = group;
  term.level = level;
  const auto rows = static_cast<Eigen::Index>(level.size());
  term.z.resize(rows, static_cast<Eigen::Index>(covariates.size()) + (intercept ? 1 : 0));
  if (intercept) {
    term.columns.push_back("(Intercept)");
    term.z.col(0).setOnes();
  }
  for (const auto& [name, values] : covariates) {
    term.z.col(static_cast<Eigen::Index>(term.columns.size())) = values;
    term.columns.push_back(name);
  }
  const std::int32_t levels = *std::max_element(level.begin(), level.end()) + 1;
  for (std::int32_t l = 0; l < levels; ++l) term.levels.push_back(group + std::to_string(l));
  return term;
}

inline void set_fixed(Design& design, const std::vector<std::pair<std::string, Eigen::VectorXd>>& columns) {
  design.x.resize(columns.front().second.size(), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t j = 0; j < columns.size(); ++j) {
    design.names.push_back(columns[j].first);
    design.assign.push_back(static_cast<int>(j));
    design.x.col(static_cast<Eigen::Index>(j)) = columns[j].second;
  }
}

/// y = X (1, .5, .25, ...) + sum over terms of Z L u + noise / sqrt(weight), residual SD 0.7.
inline void simulate_response(Design& design, const std::vector<Eigen::MatrixXd>& templates, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  const auto draw = [&](Eigen::Index size) {
    Eigen::VectorXd values(size);
    for (double& value : values) value = 0.7 * normal(engine);
    return values;
  };
  Eigen::VectorXd beta(design.x.cols());
  for (Eigen::Index j = 0; j < beta.size(); ++j) beta[j] = std::pow(0.5, static_cast<double>(j));
  design.response = design.x * beta;
  for (std::size_t t = 0; t < design.random.size(); ++t) {
    const Eigen::MatrixXd z = indicator_columns(design.random[t]);
    design.response += z * (block_diagonal(templates[t], design.random[t].levels.size()) * draw(z.cols()));
  }
  Eigen::VectorXd noise = draw(design.x.rows());
  if (design.weights.size() > 0) noise = noise.cwiseQuotient(design.weights.cwiseSqrt());
  design.response += noise;
}

inline Eigen::VectorXd covariate(Eigen::Index rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Eigen::VectorXd values(rows);
  for (double& value : values) value = normal(engine);
  return values;
}

}  // namespace dense
