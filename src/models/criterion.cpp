#include "models/criterion.hpp"

#include <cmath>
#include <limits>

#include "models/small_blocks.hpp"
#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Criterion::Criterion(const Problem& problem, Method method)
    : problem_(problem), method_(method), system_(make_reduced_system(problem)) {
  state_.eliminated.resize(problem.eliminated.size());
  for (const GroupingFactor& factor : problem.structure.factors) {
    state_.square_slope.push_back(MatrixXd::Zero(factor.width, factor.width));
    log_slope_.push_back(MatrixXd::Zero(factor.width, factor.width));
  }
}

double Criterion::degrees_of_freedom() const {
  return problem_.observations - (method_ == Method::reml ? static_cast<double>(problem_.fixed_columns) : 0.0);
}

/// B, its factor and half F for every group of levels; S, s and the part of r2 that needs no coefficients.
bool Criterion::eliminate() {
  system_->reset();
  state_.schur_moment = problem_.moment;
  state_.residual_square = problem_.square;
  state_.log_random = 0;
  for (std::size_t g = 0; g < problem_.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem_.eliminated[g];
    EliminatedState& now = state_.eliminated[g];
    const MatrixXd& l = state_.templates[levels.factor];
    now.half = levels.gram.lazyProduct(l);
    now.lower = l.transpose().lazyProduct(now.half);
    now.lower.diagonal().array() += 1.0;
    const double log_determinant = cholesky_small(now.lower);
    if (!std::isfinite(log_determinant)) return false;
    state_.log_random += levels.count * log_determinant;
    now.half = l.transpose();
    solve_lower_small(now.lower, now.half);
    now.white = now.half.lazyProduct(levels.cross);
    const VectorXd half_sum = now.half.lazyProduct(levels.sum);
    for (Index a = 0; a < now.half.rows(); ++a)
      state_.residual_square -= now.half.row(a).dot(levels.outer.lazyProduct(now.half.row(a).transpose()));
    system_->subtract(g, now.white);
    for (Index a = 0; a < now.white.cols(); ++a)
      state_.schur_moment[levels.touched[static_cast<std::size_t>(a)]] -= now.white.col(a).dot(half_sum);
  }
  return true;
}

bool Criterion::solve_reduced() {
  if (!system_->factorise(state_.templates)) return false;
  state_.log_random += system_->log_random();
  state_.log_fixed = system_->log_fixed() + problem_.log_basis;
  MatrixXd right = state_.schur_moment;
  apply_template_transposed(problem_, state_.templates, right);
  MatrixXd solution = right;
  system_->solve_in_place(solution);
  state_.spherical = solution;
  state_.residual_square -= state_.spherical.dot(right.col(0));
  apply_template(problem_, state_.templates, solution);
  state_.coefficients = solution;
  state_.residual_moment = state_.schur_moment - system_->multiply(solution);
  return state_.residual_square > 0;
}

double Criterion::assemble() {
  const double nu = degrees_of_freedom();
  const double logs = state_.log_random + (method_ == Method::reml ? state_.log_fixed : 0.0) - problem_.log_weights;
  return logs + nu * (1 + std::log(2 * M_PI * state_.residual_square / nu));
}

double Criterion::value(const VectorXd& theta) {
  ++evaluations_;
  problem_.structure.fill_templates(theta, state_.templates);
  if (!eliminate() || !solve_reduced()) return std::numeric_limits<double>::infinity();
  return assemble();
}

/// K L and Q of the eliminated levels: K L = sum n (C L B^-1 - shrunk N back'), Z'e = (I - CM)(Z'y - F T c).
void Criterion::slopes_of_eliminated(const EffectCovariance& covariance) {
  MatrixXd spread;  // N back', touched x q
  for (std::size_t g = 0; g < problem_.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem_.eliminated[g];
    EliminatedState& now = state_.eliminated[g];
    MatrixXd shrink = now.half;
    solve_lower_transposed_small(now.lower, shrink);  // B^-1 L'
    now.back = shrink.lazyProduct(levels.cross);
    const MatrixXd gain = levels.gram.lazyProduct(shrink.transpose());  // C L B^-1
    shrink = -gain.lazyProduct(state_.templates[levels.factor].transpose());
    shrink.diagonal().array() += 1.0;
    now.shrunk = shrink.lazyProduct(levels.cross);
    covariance.spread(g, now.back, spread);
    VectorXd fitted = VectorXd::Zero(levels.sum.size());
    for (Index a = 0; a < now.back.cols(); ++a)
      fitted += levels.cross.col(a) * state_.coefficients[levels.touched[static_cast<std::size_t>(a)]];
    log_slope_[levels.factor] += levels.count * (gain - now.shrunk.lazyProduct(spread));
    MatrixXd outer = levels.outer + levels.count * fitted.lazyProduct(fitted.transpose());
    outer -= levels.sum.lazyProduct(fitted.transpose()) + fitted.lazyProduct(levels.sum.transpose());
    const MatrixXd left = shrink.lazyProduct(outer);
    state_.square_slope[levels.factor] += left.lazyProduct(shrink.transpose());
  }
}

/// For levels that stay Z'e is a piece of the residual moment.
void Criterion::slopes_of_rest() {
  for (const RestLevel& level : problem_.rest) {
    const auto moment = state_.residual_moment.segment(level.first, problem_.structure.factors[level.factor].width);
    state_.square_slope[level.factor] += moment.lazyProduct(moment.transpose());
  }
}

double Criterion::value(const VectorXd& theta, VectorXd& gradient) {
  const double result = value(theta);
  gradient.setZero(theta.size());
  if (!std::isfinite(result)) return result;
  for (MatrixXd& slope : log_slope_) slope.setZero();
  for (MatrixXd& slope : state_.square_slope) slope.setZero();
  // Z'P Z L of the levels that stay: rows of S T times columns of A^-1.
  slopes_of_eliminated(*system_->covariance(state_.templates, method_ == Method::reml, &log_slope_));
  slopes_of_rest();
  for (std::size_t f = 0; f < state_.templates.size(); ++f)
    state_.square_slope[f] = state_.square_slope[f].lazyProduct(state_.templates[f]).eval();
  const double scale = degrees_of_freedom() / state_.residual_square;
  for (Index i = 0; i < theta.size(); ++i) {
    const ThetaEntry& entry = problem_.structure.theta[static_cast<std::size_t>(i)];
    gradient[i] = 2 * (log_slope_[entry.factor](entry.row, entry.column) -
                       scale * state_.square_slope[entry.factor](entry.row, entry.column));
  }
  return result;
}

VectorXd Criterion::residual_slope() const {
  const auto& entries = problem_.structure.theta;
  VectorXd slope(static_cast<Index>(entries.size()));
  for (std::size_t i = 0; i < entries.size(); ++i)
    slope[static_cast<Index>(i)] = -2 * state_.square_slope[entries[i].factor](entries[i].row, entries[i].column);
  return slope;
}

}  // namespace meridian::models
