#pragma once
// Factorisations of matrices with a handful of rows, without the set-up cost of the large-matrix kernels.
#include <Eigen/Core>
#include <cmath>

namespace meridian::models {

/// Overwrites the lower triangle by its Cholesky factor; returns log|a|, or NaN if `a` is not positive definite.
inline double cholesky_small(Eigen::MatrixXd& a) {
  double log_determinant = 0;
  for (Eigen::Index j = 0; j < a.cols(); ++j) {
    for (Eigen::Index k = 0; k < j; ++k)
      for (Eigen::Index i = j; i < a.rows(); ++i) a(i, j) -= a(i, k) * a(j, k);
    if (!(a(j, j) > 0)) return std::nan("");
    const double pivot = std::sqrt(a(j, j));
    log_determinant += 2 * std::log(pivot);
    for (Eigen::Index i = j; i < a.rows(); ++i) a(i, j) /= pivot;
  }
  return log_determinant;
}

/// x := l^-1 x for a lower triangle l.
inline void solve_lower_small(const Eigen::MatrixXd& l, Eigen::MatrixXd& x) {
  for (Eigen::Index c = 0; c < x.cols(); ++c)
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      double value = x(i, c);
      for (Eigen::Index k = 0; k < i; ++k) value -= l(i, k) * x(k, c);
      x(i, c) = value / l(i, i);
    }
}

/// x := l'^-1 x for a lower triangle l.
inline void solve_lower_transposed_small(const Eigen::MatrixXd& l, Eigen::MatrixXd& x) {
  for (Eigen::Index c = 0; c < x.cols(); ++c)
    for (Eigen::Index i = x.rows() - 1; i >= 0; --i) {
      double value = x(i, c);
      for (Eigen::Index k = i + 1; k < x.rows(); ++k) value -= l(k, i) * x(k, c);
      x(i, c) = value / l(i, i);
    }
}

}  // namespace meridian::models
