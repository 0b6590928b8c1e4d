#include "models/criterion.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

#include "models/small_blocks.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

void apply_template_left(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (Index column = 0; column < x.cols(); ++column)
    for (const RestLevel& level : problem.rest) {
      const MatrixXd& l = templates[level.factor];
      double* const part = x.data() + column * x.rows() + level.first;
      for (Index i = 0; i < l.rows(); ++i) {
        double value = 0;
        for (Index k = i; k < l.rows(); ++k) value += l(k, i) * part[k];
        part[i] = value;
      }
    }
}

void apply_template_right(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (const RestLevel& level : problem.rest) {
    const MatrixXd& l = templates[level.factor];
    for (Index i = 0; i < l.rows(); ++i) {
      x.col(level.first + i) *= l(i, i);
      for (Index k = i + 1; k < l.rows(); ++k) x.col(level.first + i) += l(k, i) * x.col(level.first + k);
    }
  }
}

void sandwich_template(const Problem& problem, const std::vector<MatrixXd>& templates, MatrixXd& x) {
  for (int side = 0; side < 2; ++side) {
    for (const RestLevel& level : problem.rest) {
      const MatrixXd& l = templates[level.factor];
      for (Index i = l.rows() - 1; i >= 0; --i) {
        x.col(level.first + i) *= l(i, i);
        for (Index k = 0; k < i; ++k) x.col(level.first + i) += l(i, k) * x.col(level.first + k);
      }
    }
    x.transposeInPlace();
  }
}

Criterion::Criterion(const Problem& problem, Method method) : problem_(problem), method_(method) {
  const Index d = problem.columns();
  state_.schur.resize(d, d);
  state_.left.resize(d, d);
  state_.factor.resize(d, d);
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
  state_.schur = problem_.gram;
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
    for (Index a = 0; a < now.white.cols(); ++a) {
      const Index column = levels.touched[static_cast<std::size_t>(a)];
      double* const target = state_.schur.data() + column * state_.schur.rows();
      for (Index b = a; b < now.white.cols(); ++b)
        target[levels.touched[static_cast<std::size_t>(b)]] -= levels.count * now.white.col(a).dot(now.white.col(b));
      state_.schur_moment[column] -= now.white.col(a).dot(half_sum);
    }
  }
  state_.schur.triangularView<Eigen::StrictlyUpper>() = state_.schur.transpose();
  return true;
}

bool Criterion::solve_reduced() {
  const Index u = problem_.random_columns;
  state_.left = state_.schur;
  apply_template_left(problem_, state_.templates, state_.left);
  state_.factor = state_.left;
  apply_template_right(problem_, state_.templates, state_.factor);
  state_.factor.diagonal().head(u).array() += 1.0;
  Eigen::LLT<Eigen::Ref<MatrixXd>> cholesky(state_.factor);
  if (cholesky.info() != Eigen::Success) return false;
  const auto logs = state_.factor.diagonal().array().log();
  state_.log_random += 2 * logs.head(u).sum();
  state_.log_fixed = 2 * logs.tail(problem_.fixed_columns).sum() + problem_.log_basis;
  MatrixXd right = state_.schur_moment;
  apply_template_left(problem_, state_.templates, right);
  state_.spherical = right;
  cholesky.solveInPlace(state_.spherical);
  state_.residual_square -= state_.spherical.dot(right.col(0));
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
  state_.residual_moment = state_.schur_moment - state_.left.transpose() * state_.spherical;
  state_.coefficients = state_.spherical;
  for (const RestLevel& level : problem_.rest) {
    const MatrixXd& l = state_.templates[level.factor];
    for (Index i = l.rows() - 1; i >= 0; --i) {
      double effect = 0;
      for (Index k = 0; k <= i; ++k) effect += l(i, k) * state_.spherical[level.first + k];
      state_.coefficients[level.first + i] = effect;
    }
  }
  return assemble();
}

void Criterion::invert() {
  const Index d = problem_.columns(), u = problem_.random_columns;
  const Index size = method_ == Method::reml ? d : u;
  state_.inverse.setZero(d, d);
  auto block = state_.inverse.topLeftCorner(size, size);
  block.diagonal().setOnes();
  const auto lower = state_.factor.topLeftCorner(size, size).triangularView<Eigen::Lower>();
  lower.solveInPlace(block);
  lower.transpose().solveInPlace(block);
  weight_ = state_.inverse;
  sandwich_template(problem_, state_.templates, weight_);
}

/// K L and Q of the eliminated levels: K L = sum n (C L B^-1 - shrunk N back'), Z'e = (I - CM)(Z'y - F T c).
void Criterion::slopes_of_eliminated() {
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
    now.spread.setZero(now.back.cols(), now.back.rows());
    VectorXd fitted = VectorXd::Zero(levels.sum.size());
    for (Index a = 0; a < now.back.cols(); ++a) {
      const Index column = levels.touched[static_cast<std::size_t>(a)];
      fitted += levels.cross.col(a) * state_.coefficients[column];
      const double* const weights = weight_.data() + column * weight_.rows();
      for (Index i = 0; i < now.back.rows(); ++i) {
        double sum = 0;
        for (Index b = 0; b < now.back.cols(); ++b)
          sum += weights[levels.touched[static_cast<std::size_t>(b)]] * now.back(i, b);
        now.spread(a, i) = sum;
      }
    }
    log_slope_[levels.factor] += levels.count * (gain - now.shrunk.lazyProduct(now.spread));
    MatrixXd outer = levels.outer + levels.count * fitted.lazyProduct(fitted.transpose());
    outer -= levels.sum.lazyProduct(fitted.transpose()) + fitted.lazyProduct(levels.sum.transpose());
    const MatrixXd left = shrink.lazyProduct(outer);
    state_.square_slope[levels.factor] += left.lazyProduct(shrink.transpose());
  }
}

/// For levels that stay: Z'P Z L = rows of (S T) times columns of A^-1, and Z'e is a piece of the residual moment.
void Criterion::slopes_of_rest() {
  for (const RestLevel& level : problem_.rest) {
    const Index width = problem_.structure.factors[level.factor].width;
    log_slope_[level.factor] += state_.left.middleCols(level.first, width)
                                    .transpose()
                                    .lazyProduct(state_.inverse.middleCols(level.first, width));
    const auto moment = state_.residual_moment.segment(level.first, width);
    state_.square_slope[level.factor] += moment.lazyProduct(moment.transpose());
  }
}

double Criterion::value(const VectorXd& theta, VectorXd& gradient) {
  const double result = value(theta);
  gradient.setZero(theta.size());
  if (!std::isfinite(result)) return result;
  invert();
  for (MatrixXd& slope : log_slope_) slope.setZero();
  for (MatrixXd& slope : state_.square_slope) slope.setZero();
  slopes_of_eliminated();
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
