#pragma once
// The normal equations of the spherical random effects, A = I + L'Z'WZL, with the widest factor eliminated level by
// level: O(rows) for one factor, a Cholesky factor of what the other factors leave for several.
#include <Eigen/Core>
#include <vector>

#include "models/rest_system.hpp"

namespace meridian::models {

class PenalisedSystem {
 public:
  explicit PenalisedSystem(const ModeProblem& problem);

  /// Templates L from theta of the scaled columns.
  void set_templates(const Eigen::VectorXd& theta);
  /// Factorises A for row weights W; false if it is not positive definite in floating point.
  bool factorise(const Eigen::VectorXd& weights);

  double log_determinant() const { return log_determinant_; }
  Eigen::VectorXd solve(Eigen::VectorXd right) const;
  /// ZL u, row by row.
  Eigen::VectorXd predictor(const Eigen::VectorXd& u) const;
  /// L'Z' r.
  Eigen::VectorXd project(const Eigen::VectorXd& rows) const;

  /// After factorise(): makes local_inverse() available.
  void invert() { rest_.invert(); }
  /// A^-1 restricted to a level of the eliminated factor and the columns it touches, in the order of
  /// ModeProblem::local.
  Eigen::MatrixXd local_inverse(std::size_t level) const;
  /// A^-1 of one level of a factor; of the rest from the inverse of the Schur complement.
  Eigen::MatrixXd level_inverse(std::size_t factor, Eigen::Index level) const;

  /// Columns L'z of a row, all factors side by side.
  auto row_columns(Eigen::Index row) const { return white_.col(row); }
  const std::vector<Eigen::MatrixXd>& templates() const { return templates_; }

 private:
  struct Level {
    Eigen::MatrixXd lower;  ///< Cholesky factor of the level's own block D, q x q
    Eigen::MatrixXd half;   ///< lower^-1 B, q x touched
  };
  void assemble(std::size_t level, const Eigen::VectorXd& weights);
  void add_rest(Eigen::Index row, Eigen::Index place, double scaled);
  bool eliminate(std::size_t level);

  const ModeProblem& problem_;
  std::vector<Eigen::MatrixXd> templates_;
  Eigen::MatrixXd white_;  ///< row_width x rows
  std::vector<Level> levels_;
  RestSystem rest_;        ///< Schur complement
  Eigen::MatrixXd block_;  ///< one level's share of it
  double log_determinant_ = 0;
};

}  // namespace meridian::models
