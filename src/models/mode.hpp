#pragma once
// The joint mode of all random effects given the parameters: penalised iteratively reweighted least squares, which for
// canonical links is Newton's method (Bates et al. 2015, J. Stat. Softw. 67(1); docs/statistics.md).
#include <Eigen/Core>

#include "models/penalised_system.hpp"

namespace meridian::models {

class Mode {
 public:
  explicit Mode(const ModeProblem& problem);

  /// parameters: theta of the scaled columns, then coefficients of the conditioned X. Starts from the last mode or from
  /// 0, whichever is better. False where the mode cannot be found in floating point.
  bool find(const Eigen::VectorXd& parameters);

  const ModeProblem& problem() const { return problem_; }
  PenalisedSystem& system() { return system_; }                    ///< factorised at the mode
  const Eigen::VectorXd& effects() const { return effects_; }      ///< spherical
  const Eigen::VectorXd& fixed() const { return fixed_; }          ///< X beta + offset, row by row
  const Eigen::VectorXd& predictor() const { return predictor_; }  ///< fixed() + ZL u
  const Eigen::VectorXd& residual() const { return residual_; }    ///< y - E y
  const Eigen::VectorXd& weight() const { return weight_; }
  const Eigen::VectorXd& slope() const { return slope_; }  ///< d weight / d predictor
  double loss() const { return loss_; }                    ///< -(log likelihood given u) + |u|^2 / 2

 private:
  void evaluate(const Eigen::VectorXd& effects);
  bool step();

  const ModeProblem& problem_;
  PenalisedSystem system_;
  Eigen::VectorXd effects_, fixed_, predictor_, residual_, weight_, slope_;
  double loss_ = 0;
  double decrement_ = 0;  ///< of the last step, in units of its SD
};

}  // namespace meridian::models
