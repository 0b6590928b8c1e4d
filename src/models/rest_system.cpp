#include "models/rest_system.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>

#include "error.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr Index small_enough = 300;    ///< columns for which dense is as fast
constexpr Index most_dense = 12000;    ///< columns whose dense matrix and inverse take 2.3 GB
constexpr double sparse_share = 0.05;  ///< filled share of the triangle below which sparse is faster

using Triplets = std::vector<Eigen::Triplet<double>>;

Triplets meeting_columns(const ModeProblem& problem) {
  Triplets pairs;
  for (Index j = 0; j < problem.rest_columns; ++j) pairs.emplace_back(j, j, 1.0);
  for (const std::vector<Index>& touched : problem.touched)
    for (std::size_t a = 0; a < touched.size(); ++a)
      for (std::size_t b = a; b < touched.size(); ++b) pairs.emplace_back(touched[b], touched[a], 0.0);
  return pairs;
}

Index place_of(const Eigen::SparseMatrix<double>& matrix, Index row, Index column) {
  const int* const first = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column];
  const int* const last = matrix.innerIndexPtr() + matrix.outerIndexPtr()[column + 1];
  return std::lower_bound(first, last, static_cast<int>(row)) - matrix.innerIndexPtr();
}

}  // namespace

RestSystem::RestSystem(const ModeProblem& problem) : problem_(problem) {
  const Index columns = problem.rest_columns;
  if (columns > small_enough) {
    const Triplets pairs = meeting_columns(problem);
    values_.resize(columns, columns);
    values_.setFromTriplets(pairs.begin(), pairs.end());
    const double triangle = 0.5 * static_cast<double>(columns) * static_cast<double>(columns);
    sparse_ = static_cast<double>(values_.nonZeros()) < sparse_share * triangle;
  }
  if (sparse_) {
    lay_out();
    return;
  }
  values_.resize(0, 0);
  if (columns > most_dense)
    throw InputError("random effects", fmt::format("{} besides those of the largest factor", columns),
                     fmt::format("at most {} that meet each other", most_dense),
                     "Drop a term, or fit a sample of the rows");
  dense_.resize(columns, columns);
}

void RestSystem::lay_out() {
  for (const std::vector<Index>& touched : problem_.touched) {
    first_slot_.push_back(slots_.size());
    for (std::size_t a = 0; a < touched.size(); ++a)
      for (std::size_t b = a; b < touched.size(); ++b) slots_.push_back(place_of(values_, touched[b], touched[a]));
  }
  cholesky_.analyzePattern(values_);
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
  if (sparse_) {
    cholesky_.factorize(values_);
    return cholesky_.info() == Eigen::Success;
  }
  const Eigen::LLT<Eigen::Ref<MatrixXd>> cholesky(dense_);
  return cholesky.info() == Eigen::Success;
}

double RestSystem::log_determinant() const {
  if (!sparse_) return 2 * dense_.diagonal().array().log().sum();
  double sum = 0;
  const Sparse& factor = cholesky_.matrixL().nestedExpression();
  for (Index j = 0; j < factor.cols(); ++j) sum += 2 * std::log(factor.valuePtr()[factor.outerIndexPtr()[j]]);
  return sum;
}

void RestSystem::solve_in_place(Eigen::Ref<VectorXd> right) const {
  if (problem_.rest_columns == 0) return;
  if (sparse_) {
    right = cholesky_.solve(VectorXd(right));
    return;
  }
  dense_.triangularView<Eigen::Lower>().solveInPlace(right);
  dense_.triangularView<Eigen::Lower>().transpose().solveInPlace(right);
}

void RestSystem::invert() {
  if (sparse_) return invert_sparse();
  dense_inverse_ = MatrixXd::Identity(dense_.rows(), dense_.cols());
  dense_.triangularView<Eigen::Lower>().solveInPlace(dense_inverse_);
  dense_.triangularView<Eigen::Lower>().transpose().solveInPlace(dense_inverse_);
}

/// Takahashi's recursion (Takahashi, Fagan & Chin 1973; Erisman & Tinney 1975, Comm. ACM 18): the entries of the
/// inverse on the pattern of the factor, from the last column to the first.
void RestSystem::invert_sparse() {
  factor_ = cholesky_.matrixL().nestedExpression();
  factor_inverse_ = factor_;
  for (Index j = factor_.cols() - 1; j >= 0; --j) {
    const Index first = factor_.outerIndexPtr()[j], last = factor_.outerIndexPtr()[j + 1];
    const double pivot = factor_.valuePtr()[first];
    const auto row_at = [&](Index place) { return static_cast<Index>(factor_.innerIndexPtr()[place]); };
    for (Index place = last - 1; place >= first; --place) {
      double sum = place == first ? 1 / pivot : 0;
      for (Index k = first + 1; k < last; ++k) {
        const Index low = std::max(row_at(k), row_at(place)), high = std::min(row_at(k), row_at(place));
        sum -= factor_.valuePtr()[k] * factor_inverse_.valuePtr()[place_of(factor_inverse_, low, high)];
      }
      factor_inverse_.valuePtr()[place] = sum / pivot;
    }
  }
}

double RestSystem::inverse(Index row, Index column) const {
  if (!sparse_) return dense_inverse_(row, column);
  const auto& order = cholesky_.permutationP().indices();
  const Index a = order.size() > 0 ? order[row] : row, b = order.size() > 0 ? order[column] : column;
  return factor_inverse_.valuePtr()[place_of(factor_inverse_, std::max(a, b), std::min(a, b))];
}

}  // namespace meridian::models
