#include "models/sparse_cholesky.hpp"

#include <Eigen/OrderingMethods>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Order = Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int>;

namespace {

/// The lower triangle in the new order; its values are the places in `pattern` that they come from.
SparseLower reordered_places(const SparseLower& pattern, const Order& order) {
  SparseLower places = pattern;
  std::iota(places.valuePtr(), places.valuePtr() + places.nonZeros(), 0.0);
  SparseLower result(pattern.rows(), pattern.cols());
  result.selfadjointView<Eigen::Lower>() = places.selfadjointView<Eigen::Lower>().twistedBy(order);
  const SparseLower columns = result.transpose();  // transposing twice sorts the rows of every column
  return columns.transpose();
}

/// Takahashi's recursion (Takahashi, Fagan & Chin 1973; Erisman & Tinney 1975, Comm. ACM 18): the entries of the
/// inverse of the first `columns` columns on the pattern of the factor, from the last column to the first.
std::vector<double> inverse_on_factor(const SparseLower& factor, Index columns) {
  std::vector<double> inverse(static_cast<std::size_t>(factor.nonZeros()), 0.0);
  std::vector<Index> place(static_cast<std::size_t>(columns), -1);
  std::vector<double> product;
  const int* const outer = factor.outerIndexPtr();
  const int* const inner = factor.innerIndexPtr();
  const double* const values = factor.valuePtr();
  for (Index j = columns - 1; j >= 0; --j) {
    const Index first = outer[j] + 1;
    const Index last = std::lower_bound(inner + first, inner + outer[j + 1], static_cast<int>(columns)) - inner;
    for (Index k = first; k < last; ++k) place[static_cast<std::size_t>(inner[k])] = k - first;
    product.assign(static_cast<std::size_t>(last - first), 0.0);
    for (Index k = first; k < last; ++k) {
      const Index own = outer[inner[k]];
      product[static_cast<std::size_t>(k - first)] += values[k] * inverse[static_cast<std::size_t>(own)];
      for (Index t = own + 1; t < outer[inner[k] + 1] && inner[t] < columns; ++t) {
        const Index other = place[static_cast<std::size_t>(inner[t])];
        if (other < 0) continue;
        product[static_cast<std::size_t>(other)] += values[k] * inverse[static_cast<std::size_t>(t)];
        product[static_cast<std::size_t>(k - first)] += values[first + other] * inverse[static_cast<std::size_t>(t)];
      }
    }
    const double pivot = values[first - 1];
    double diagonal = 1 / pivot;
    for (Index k = first; k < last; ++k) {
      const double entry = -product[static_cast<std::size_t>(k - first)] / pivot;
      inverse[static_cast<std::size_t>(k)] = entry;
      diagonal -= values[k] * entry;
      place[static_cast<std::size_t>(inner[k])] = -1;
    }
    inverse[static_cast<std::size_t>(first - 1)] = diagonal / pivot;
  }
  return inverse;
}

double log_pivots(const SparseLower& factor, Index first, Index last) {
  double sum = 0;
  for (Index j = first; j < last; ++j) sum += 2 * std::log(factor.valuePtr()[factor.outerIndexPtr()[j]]);
  return sum;
}

}  // namespace

Order elimination_order(const SparseLower& pattern, Index bordered) {
  const Index leading = pattern.cols() - bordered;
  const SparseLower part = pattern.topLeftCorner(leading, leading);
  Order new_to_old;
  Eigen::AMDOrdering<int>()(part.selfadjointView<Eigen::Lower>(), new_to_old);
  Order order(static_cast<int>(pattern.cols()));
  order.setIdentity();
  if (leading > 0) order.indices().head(leading) = new_to_old.inverse().eval().indices();
  return order;
}

/// Walks the row subtrees of the elimination tree (Liu 1990, SIAM J. Matrix Anal. Appl. 11).
FactorSize factor_size(const SparseLower& pattern, Index bordered, double enough) {
  const SparseLower lower = reordered_places(pattern, elimination_order(pattern, bordered));
  const SparseLower rows = lower.transpose();  // column k: the columns before k that row k touches
  const auto size = static_cast<std::size_t>(pattern.cols());
  std::vector<Index> parent(size, -1), seen(size, -1), count(size, 1);
  FactorSize total{static_cast<double>(size), static_cast<double>(size)};
  for (Index k = 0; k < pattern.cols() && total.operations < enough; ++k) {
    for (SparseLower::InnerIterator entry(rows, k); entry; ++entry)
      for (auto i = static_cast<std::size_t>(entry.row()); static_cast<Index>(i) < k && seen[i] != k;
           i = static_cast<std::size_t>(parent[i])) {
        if (parent[i] < 0) parent[i] = k;
        seen[i] = k;
        total.entries += 1;
        total.operations += 2 * static_cast<double>(count[i]++) + 1;  // squares of the counts
      }
  }
  return total;
}

void SparseCholesky::analyse(const SparseLower& pattern, Index bordered) {
  bordered_ = bordered;
  order_ = elimination_order(pattern, bordered);
  ordered_ = reordered_places(pattern, order_);
  source_.assign(ordered_.valuePtr(), ordered_.valuePtr() + ordered_.nonZeros());
  place_.clear();
  cholesky_.analyzePattern(ordered_);
}

bool SparseCholesky::factorise(const SparseLower& matrix) {
  for (std::size_t entry = 0; entry < source_.size(); ++entry)
    ordered_.valuePtr()[entry] = matrix.valuePtr()[source_[entry]];
  cholesky_.factorize(ordered_);
  return cholesky_.info() == Eigen::Success;
}

double SparseCholesky::log_determinant_before_border() const {
  return log_pivots(cholesky_.matrixL().nestedExpression(), 0, ordered_.cols() - bordered_);
}

double SparseCholesky::log_determinant_of_border() const {
  return log_pivots(cholesky_.matrixL().nestedExpression(), ordered_.cols() - bordered_, ordered_.cols());
}

MatrixXd SparseCholesky::border_factor() const {
  const SparseLower& factor = cholesky_.matrixL().nestedExpression();
  MatrixXd border = MatrixXd::Zero(bordered_, bordered_);
  const Index first = factor.cols() - bordered_;
  for (Index j = 0; j < bordered_; ++j)
    for (SparseLower::InnerIterator entry(factor, first + j); entry; ++entry)
      border(entry.row() - first, j) = entry.value();
  return border;
}

void SparseCholesky::solve_in_place(Eigen::Ref<MatrixXd> right) const {
  MatrixXd turned = order_ * right;
  cholesky_.matrixL().solveInPlace(turned);
  cholesky_.matrixU().solveInPlace(turned);
  right = order_.transpose() * turned;
}

void SparseCholesky::find_places() const {
  const SparseLower& factor = cholesky_.matrixL().nestedExpression();
  for (Index j = 0; j < ordered_.cols(); ++j) {
    Index place = factor.outerIndexPtr()[j];
    for (SparseLower::InnerIterator entry(ordered_, j); entry; ++entry) {
      while (factor.innerIndexPtr()[place] < entry.row()) ++place;
      place_.push_back(place);
    }
  }
}

void SparseCholesky::invert(bool with_border, SparseLower& inverse) const {
  if (place_.empty()) find_places();
  const SparseLower& factor = cholesky_.matrixL().nestedExpression();
  const std::vector<double> values = inverse_on_factor(factor, factor.cols() - (with_border ? 0 : bordered_));
  for (std::size_t entry = 0; entry < source_.size(); ++entry)
    inverse.valuePtr()[source_[entry]] = values[static_cast<std::size_t>(place_[entry])];
}

}  // namespace meridian::models
