#pragma once
// Cholesky factorisation of sparse symmetric matrices that share one pattern: ordered (approximate minimum degree,
// Amestoy, Davis & Duff 1996) and analysed once, factorised many times; entries of the inverse on the pattern.
#include <Eigen/Core>
#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <vector>

namespace meridian::models {

/// A lower triangle with its whole diagonal, rows of each column ascending.
using SparseLower = Eigen::SparseMatrix<double>;

/// What a factorisation costs: multiplications and additions, and entries of the factor.
struct FactorSize {
  double operations = 0, entries = 0;
};

/// Fill-reducing order, old to new place; the last `bordered` columns stay last, in their order.
Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> elimination_order(const SparseLower& pattern,
                                                                                Eigen::Index bordered);
/// Counts until `enough` operations, beyond which the answer is only known to be more.
FactorSize factor_size(const SparseLower& pattern, Eigen::Index bordered, double enough);

class SparseCholesky {
 public:
  void analyse(const SparseLower& pattern, Eigen::Index bordered = 0);
  /// Values on the pattern that was analysed. False if not positive definite in floating point.
  bool factorise(const SparseLower& matrix);
  /// Of the columns before the border (the Schur complement of them), or of the border given them.
  double log_determinant_before_border() const;
  double log_determinant_of_border() const;
  /// Lower triangle whose square is the Schur complement of the border; bordered x bordered.
  Eigen::MatrixXd border_factor() const;
  /// right := matrix^-1 right.
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> right) const;
  /// Entries of the inverse of the whole matrix, or of its part before the border (the border's entries are then 0), on
  /// the pattern of the matrix.
  void invert(bool with_border, SparseLower& inverse) const;

 private:
  void find_places() const;

  Eigen::Index bordered_ = 0;
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, int> order_;
  SparseLower ordered_;               ///< lower triangle in the new order
  std::vector<Eigen::Index> source_;  ///< per entry of ordered_: its entry in the matrix
  Eigen::SimplicialLLT<SparseLower, Eigen::Lower, Eigen::NaturalOrdering<int>> cholesky_;
  mutable std::vector<Eigen::Index> place_;  ///< per entry of ordered_: its entry in the factor
};

}  // namespace meridian::models
