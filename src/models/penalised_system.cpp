#include "models/penalised_system.hpp"

#include <Eigen/Cholesky>

#include "models/small_blocks.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

PenalisedSystem::PenalisedSystem(const ModeProblem& problem)
    : problem_(problem),
      white_(problem.row_width, problem.rows()),
      levels_(problem.touched.size()),
      rest_(problem.rest_columns, problem.rest_columns) {
  const Index own = problem.width(problem.eliminated);
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    levels_[level].lower.resize(own, own);
    levels_[level].half.resize(own, static_cast<Index>(problem.touched[level].size()));
  }
}

void PenalisedSystem::set_templates(const VectorXd& theta) {
  problem_.structure.fill_templates(theta, templates_);
  for (std::size_t f = 0; f < problem_.factors.size(); ++f)
    white_.middleRows(problem_.offset[f], problem_.width(f)).noalias() =
        templates_[f].transpose() * problem_.factors[f].z.transpose();
}

/// D and B of one level, and its rows' share of the rest.
void PenalisedSystem::assemble(std::size_t level, const VectorXd& weights) {
  const Index own = problem_.width(problem_.eliminated), own_offset = problem_.offset[problem_.eliminated];
  MatrixXd& d = levels_[level].lower;
  MatrixXd& b = levels_[level].half;
  d.setIdentity();
  b.setZero();
  for (Index row = problem_.first_row[level]; row < problem_.first_row[level + 1]; ++row) {
    const double* const white = white_.data() + row * problem_.row_width;
    for (Index i = 0; i < own; ++i) {
      const double scaled = weights[row] * white[own_offset + i];
      for (Index j = 0; j <= i; ++j) d(i, j) += scaled * white[own_offset + j];
    }
    for (std::size_t f = 0; f < problem_.factors.size(); ++f) {
      if (f == problem_.eliminated) continue;
      const Index place = problem_.local(static_cast<Index>(f), row) - own;
      const Index first = problem_.column(static_cast<Index>(f), row) - problem_.eliminated_columns;
      for (Index j = 0; j < problem_.width(f); ++j) {
        const double scaled = weights[row] * white[problem_.offset[f] + j];
        for (Index i = 0; i < own; ++i) b(i, place + j) += scaled * white[own_offset + i];
        for (std::size_t g = 0; g < problem_.factors.size(); ++g) {
          if (g == problem_.eliminated) continue;
          const Index other = problem_.column(static_cast<Index>(g), row) - problem_.eliminated_columns;
          for (Index k = 0; k < problem_.width(g); ++k)
            if (other + k >= first + j) rest_(other + k, first + j) += scaled * white[problem_.offset[g] + k];
        }
      }
    }
  }
}

/// Takes B'D^-1 B off the rest.
bool PenalisedSystem::eliminate(std::size_t level) {
  Level& now = levels_[level];
  const double log_determinant = cholesky_small(now.lower);
  if (!(log_determinant > -1e300)) return false;
  log_determinant_ += log_determinant;
  solve_lower_small(now.lower, now.half);
  const std::vector<Index>& touched = problem_.touched[level];
  for (std::size_t a = 0; a < touched.size(); ++a) {
    double* const target = rest_.data() + touched[a] * rest_.rows();
    for (std::size_t b = a; b < touched.size(); ++b)
      target[touched[b]] -= now.half.col(static_cast<Index>(a)).dot(now.half.col(static_cast<Index>(b)));
  }
  return true;
}

bool PenalisedSystem::factorise(const VectorXd& weights) {
  rest_.setIdentity();
  log_determinant_ = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) assemble(level, weights);
  for (std::size_t level = 0; level < levels_.size(); ++level)
    if (!eliminate(level)) return false;
  if (rest_.rows() == 0) return true;
  const Eigen::LLT<Eigen::Ref<MatrixXd>> cholesky(rest_);
  if (cholesky.info() != Eigen::Success) return false;
  log_determinant_ += 2 * rest_.diagonal().array().log().sum();
  return true;
}

VectorXd PenalisedSystem::solve(VectorXd right) const {
  const Index own = problem_.width(problem_.eliminated);
  auto rest = right.tail(problem_.rest_columns);
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    auto part = right.segment(own * static_cast<Index>(level), own);
    levels_[level].lower.triangularView<Eigen::Lower>().solveInPlace(part);
    for (std::size_t a = 0; a < problem_.touched[level].size(); ++a)
      rest[problem_.touched[level][a]] -= levels_[level].half.col(static_cast<Index>(a)).dot(part);
  }
  rest_.triangularView<Eigen::Lower>().solveInPlace(rest);
  rest_.triangularView<Eigen::Lower>().transpose().solveInPlace(rest);
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    auto part = right.segment(own * static_cast<Index>(level), own);
    for (std::size_t a = 0; a < problem_.touched[level].size(); ++a)
      part -= levels_[level].half.col(static_cast<Index>(a)) * rest[problem_.touched[level][a]];
    levels_[level].lower.triangularView<Eigen::Lower>().transpose().solveInPlace(part);
  }
  return right;
}

VectorXd PenalisedSystem::predictor(const VectorXd& u) const {
  VectorXd result = VectorXd::Zero(problem_.rows());
  for (Index row = 0; row < problem_.rows(); ++row)
    for (std::size_t f = 0; f < problem_.factors.size(); ++f)
      result[row] += white_.col(row)
                         .segment(problem_.offset[f], problem_.width(f))
                         .dot(u.segment(problem_.column(static_cast<Index>(f), row), problem_.width(f)));
  return result;
}

VectorXd PenalisedSystem::project(const VectorXd& rows) const {
  VectorXd result = VectorXd::Zero(problem_.random_columns());
  for (Index row = 0; row < problem_.rows(); ++row)
    for (std::size_t f = 0; f < problem_.factors.size(); ++f)
      result.segment(problem_.column(static_cast<Index>(f), row), problem_.width(f)) +=
          rows[row] * white_.col(row).segment(problem_.offset[f], problem_.width(f));
  return result;
}

void PenalisedSystem::invert() {
  rest_inverse_ = MatrixXd::Identity(rest_.rows(), rest_.cols());
  rest_.triangularView<Eigen::Lower>().solveInPlace(rest_inverse_);
  rest_.triangularView<Eigen::Lower>().transpose().solveInPlace(rest_inverse_);
}

MatrixXd PenalisedSystem::local_inverse(std::size_t level) const {
  const Level& now = levels_[level];
  const Index own = now.lower.rows(), all = own + now.half.cols();
  MatrixXd inverse(all, all);
  MatrixXd back = now.half;  // D^-1 B
  solve_lower_transposed_small(now.lower, back);
  MatrixXd root = MatrixXd::Identity(own, own);
  solve_lower_small(now.lower, root);
  for (Index a = 0; a < now.half.cols(); ++a)
    for (Index b = 0; b < now.half.cols(); ++b)
      inverse(own + b, own + a) = rest_inverse_(problem_.touched[level][static_cast<std::size_t>(b)],
                                                problem_.touched[level][static_cast<std::size_t>(a)]);
  const auto rest = inverse.bottomRightCorner(all - own, all - own);
  const MatrixXd across = -back * rest;
  inverse.topRightCorner(own, all - own) = across;
  inverse.bottomLeftCorner(all - own, own) = across.transpose();
  inverse.topLeftCorner(own, own) = root.transpose() * root - across * back.transpose();
  return inverse;
}

MatrixXd PenalisedSystem::level_inverse(std::size_t factor, Index level) const {
  const Index width = problem_.width(factor);
  if (factor == problem_.eliminated) return local_inverse(static_cast<std::size_t>(level)).topLeftCorner(width, width);
  const Index first = problem_.first_column(factor) - problem_.eliminated_columns + width * level;
  return rest_inverse_.block(first, first, width, width);
}

}  // namespace meridian::models
