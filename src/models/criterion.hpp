#pragma once
// The profiled REML or ML criterion and its exact gradient (docs/statistics.md; Bates et al. 2015, eq. 34 and 42, with
// the widest factor eliminated level by level).
//
// Symbols: L template of a factor; per group of eliminated levels C = Z'Z, F = Z'G, B = L'CL + I, M = L B^-1 L';
// S = G'G - sum F'MF; A = T'ST + I_u with T = L on the random columns of G and I on the fixed ones; c = A^-1 T's;
// r2 = penalised residual sum of squares.
#include <Eigen/Core>
#include <memory>
#include <vector>

#include "models/fit.hpp"
#include "models/objective.hpp"
#include "models/problem.hpp"
#include "models/reduced_system.hpp"

namespace meridian::models {

/// What evaluating the criterion leaves behind for one group of eliminated levels.
struct EliminatedState {
  Eigen::MatrixXd lower;   ///< Cholesky factor of B, q x q
  Eigen::MatrixXd half;    ///< lower^-1 L', so that M = half' half
  Eigen::MatrixXd white;   ///< half F, q x touched
  Eigen::MatrixXd back;    ///< B^-1 L' F (after a gradient)
  Eigen::MatrixXd shrunk;  ///< (I - C M) F (after a gradient)
};

struct CriterionState {
  Templates templates;
  std::vector<EliminatedState> eliminated;    ///< per group of levels
  Eigen::VectorXd schur_moment;               ///< s = G'Wy
  Eigen::VectorXd spherical;                  ///< c: spherical random effects of the rest, then coefficients
  Eigen::VectorXd coefficients;               ///< T c: the same in the units of the columns of G
  Eigen::VectorXd residual_moment;            ///< G'e = s - S T c, e = P y
  double residual_square = 0;                 ///< r2
  double log_random = 0, log_fixed = 0;       ///< log|L'Z'ZL + I| over all factors; log|X'V^-1 X|
  std::vector<Eigen::MatrixXd> square_slope;  ///< per factor QL; d r2 / d L = -2 QL (lower triangle); after a gradient
};

class Criterion : public Objective {
 public:
  Criterion(const Problem& problem, Method method);

  /// Infinity where the system is not positive definite in floating point.
  double value(const Eigen::VectorXd& theta);
  /// Value and d criterion / d theta.
  double value(const Eigen::VectorXd& theta, Eigen::VectorXd& gradient) override;
  void make_canonical(Eigen::VectorXd& theta) const override { problem_.structure.make_canonical(theta); }
  /// d r2 / d theta at the theta of the last gradient.
  Eigen::VectorXd residual_slope() const;

  const CriterionState& state() const { return state_; }
  /// S and the factor of A at the last theta.
  const ReducedSystem& system() const { return *system_; }
  const Problem& problem() const { return problem_; }
  Method method() const { return method_; }
  double degrees_of_freedom() const;  ///< n - p (REML) or n (ML): what r2 is divided by
  int evaluations() const { return evaluations_; }

 private:
  bool eliminate();
  bool solve_reduced();
  double assemble();
  void slopes_of_eliminated(const EffectCovariance& covariance);
  void slopes_of_rest();

  const Problem& problem_;
  Method method_;
  int evaluations_ = 0;
  CriterionState state_;
  std::unique_ptr<ReducedSystem> system_;
  std::vector<Eigen::MatrixXd> log_slope_;  ///< per factor KL: half of d (log determinants) / d L
};

}  // namespace meridian::models
