#include "models/rest_system.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

#include "models/rest_storage.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

SparseLower meeting_columns(const ModeProblem& problem) {
  std::vector<Eigen::Triplet<double>> pairs;
  for (Index j = 0; j < problem.rest_columns; ++j) pairs.emplace_back(j, j, 1.0);
  for (const std::vector<Index>& touched : problem.touched)
    for (std::size_t a = 0; a < touched.size(); ++a)
      for (std::size_t b = a; b < touched.size(); ++b) pairs.emplace_back(touched[b], touched[a], 0.0);
  SparseLower pattern(problem.rest_columns, problem.rest_columns);
  pattern.setFromTriplets(pairs.begin(), pairs.end());
  return pattern;
}

Index place_of(const SparseLower& matrix, Index row, Index column) {
  const int* const first = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column];
  const int* const last = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column + 1];
  return std::lower_bound(first, last, static_cast<int>(row)) - matrix.innerIndexPtr();
}

}  // namespace

RestSystem::RestSystem(const ModeProblem& problem) : problem_(problem) {
  if (problem.rest_columns > always_dense) {
    values_ = meeting_columns(problem);
    sparse_ = choose_storage(values_) == RestStorage::sparse;
  }
  if (sparse_) {
    lay_out();
  } else {
    values_.resize(0, 0);
    dense_.resize(problem.rest_columns, problem.rest_columns);
  }
}

void RestSystem::lay_out() {
  for (const std::vector<Index>& touched : problem_.touched) {
    first_slot_.push_back(slots_.size());
    for (std::size_t a = 0; a < touched.size(); ++a)
      for (std::size_t b = a; b < touched.size(); ++b) slots_.push_back(place_of(values_, touched[b], touched[a]));
  }
  cholesky_.analyse(values_);
  inverse_ = values_;
}

void RestSystem::set_identity() {
  if (!sparse_) {
    dense_.setIdentity();
    return;
  }
  std::fill(values_.valuePtr(), values_.valuePtr() + values_.nonZeros(), 0.0);
  for (Index j = 0; j < values_.cols(); ++j) values_.valuePtr()[values_.outerIndexPtr()[j]] = 1;
}

void RestSystem::add(std::size_t level, const MatrixXd& block) {
  const std::vector<Index>& touched = problem_.touched[level];
  std::size_t slot = sparse_ ? first_slot_[level] : 0;
  for (std::size_t a = 0; a < touched.size(); ++a) {
    const double* const from = block.data() + static_cast<Index>(a) * block.rows();
    if (sparse_) {
      for (std::size_t b = a; b < touched.size(); ++b) values_.valuePtr()[slots_[slot++]] += from[b];
    } else {
      double* const target = dense_.data() + touched[a] * dense_.rows();
      for (std::size_t b = a; b < touched.size(); ++b) target[touched[b]] += from[b];
    }
  }
}

bool RestSystem::factorise() {
  if (problem_.rest_columns == 0) return true;
  if (sparse_) return cholesky_.factorise(values_);
  const Eigen::LLT<Eigen::Ref<MatrixXd>> cholesky(dense_);
  return cholesky.info() == Eigen::Success;
}

double RestSystem::log_determinant() const {
  if (sparse_) return cholesky_.log_determinant_before_border();
  return 2 * dense_.diagonal().array().log().sum();
}

void RestSystem::solve_in_place(Eigen::Ref<VectorXd> right) const {
  if (problem_.rest_columns == 0) return;
  if (sparse_) return cholesky_.solve_in_place(right);
  dense_.triangularView<Eigen::Lower>().solveInPlace(right);
  dense_.triangularView<Eigen::Lower>().transpose().solveInPlace(right);
}

void RestSystem::invert() {
  if (sparse_) return cholesky_.invert(true, inverse_);
  dense_inverse_ = MatrixXd::Identity(dense_.rows(), dense_.cols());
  dense_.triangularView<Eigen::Lower>().solveInPlace(dense_inverse_);
  dense_.triangularView<Eigen::Lower>().transpose().solveInPlace(dense_inverse_);
}

double RestSystem::inverse(Index row, Index column) const {
  if (!sparse_) return dense_inverse_(row, column);
  return inverse_.valuePtr()[place_of(inverse_, std::max(row, column), std::min(row, column))];
}

}  // namespace meridian::models
