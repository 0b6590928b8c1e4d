#include "models/penalised_system.hpp"

#include "models/small_blocks.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

PenalisedSystem::PenalisedSystem(const ModeProblem& problem)
    : problem_(problem), white_(problem.row_width, problem.rows()), levels_(problem.touched.size()), rest_(problem) {
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
  block_.setZero(b.cols(), b.cols());
  for (Index row = problem_.first_row[level]; row < problem_.first_row[level + 1]; ++row) {
    const double* const white = white_.data() + row * problem_.row_width;
    for (Index i = 0; i < own; ++i) {
      const double scaled = weights[row] * white[own_offset + i];
      for (Index j = 0; j <= i; ++j) d(i, j) += scaled * white[own_offset + j];
    }
    for (std::size_t f = 0; f < problem_.factors.size(); ++f) {
      if (f == problem_.eliminated) continue;
      const Index place = problem_.local(static_cast<Index>(f), row) - own;
      for (Index j = 0; j < problem_.width(f); ++j) {
        const double scaled = weights[row] * white[problem_.offset[f] + j];
        for (Index i = 0; i < own; ++i) b(i, place + j) += scaled * white[own_offset + i];
        add_rest(row, place + j, scaled);
      }
    }
  }
}

/// One column of a row's outer product within the block of the rest.
void PenalisedSystem::add_rest(Index row, Index place, double scaled) {
  const Index own = problem_.width(problem_.eliminated);
  for (std::size_t g = 0; g < problem_.factors.size(); ++g) {
    if (g == problem_.eliminated) continue;
    const Index other = problem_.local(static_cast<Index>(g), row) - own;
    for (Index k = 0; k < problem_.width(g); ++k)
      if (other + k >= place) block_(other + k, place) += scaled * white_(problem_.offset[g] + k, row);
  }
}

/// Takes B'D^-1 B off the level's share.
bool PenalisedSystem::eliminate(std::size_t level) {
  Level& now = levels_[level];
  const double log_determinant = cholesky_small(now.lower);
  if (!(log_determinant > -1e300)) return false;
  log_determinant_ += log_determinant;
  solve_lower_small(now.lower, now.half);
  for (Index a = 0; a < block_.cols(); ++a)
    for (Index b = a; b < block_.cols(); ++b) block_(b, a) -= now.half.col(a).dot(now.half.col(b));
  rest_.add(level, block_);
  return true;
}

bool PenalisedSystem::factorise(const VectorXd& weights) {
  rest_.set_identity();
  log_determinant_ = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    assemble(level, weights);
    if (!eliminate(level)) return false;
  }
  if (!rest_.factorise()) return false;
  log_determinant_ += rest_.log_determinant();
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
  rest_.solve_in_place(rest);
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
      inverse(own + b, own + a) = rest_.inverse(problem_.touched[level][static_cast<std::size_t>(b)],
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
  MatrixXd inverse(width, width);
  for (Index a = 0; a < width; ++a)
    for (Index b = 0; b < width; ++b) inverse(a, b) = rest_.inverse(first + a, first + b);
  return inverse;
}

}  // namespace meridian::models
