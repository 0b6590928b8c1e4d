#pragma once
// What the eliminated factor leaves of the normal equations: symmetric, dense where most columns meet, sparse where few
// do (nested factors leave a diagonal).
#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "models/mode_problem.hpp"
#include "models/sparse_cholesky.hpp"

namespace meridian::models {

class RestSystem {
 public:
  explicit RestSystem(const ModeProblem& problem);

  void set_identity();
  /// Adds a block on the columns that a level of the eliminated factor touches (its lower triangle is read).
  void add(std::size_t level, const Eigen::MatrixXd& block);
  /// False if the sum is not positive definite in floating point.
  bool factorise();
  double log_determinant() const;
  void solve_in_place(Eigen::Ref<Eigen::VectorXd> right) const;
  /// Makes inverse() available.
  void invert();
  /// An entry of the inverse; of a sparse system only of two columns that meet.
  double inverse(Eigen::Index row, Eigen::Index column) const;
  bool is_sparse() const { return sparse_; }

 private:
  void lay_out();

  const ModeProblem& problem_;
  bool sparse_ = false;
  Eigen::MatrixXd dense_, dense_inverse_;  ///< the lower triangle of dense_ becomes its Cholesky factor
  SparseLower values_;                     ///< lower triangle
  std::vector<Eigen::Index> slots_;        ///< places in values_, level by level, column by column of the block
  std::vector<std::size_t> first_slot_;
  SparseCholesky cholesky_;
  SparseLower inverse_;  ///< on the pattern of values_
};

}  // namespace meridian::models
