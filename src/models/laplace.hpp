#pragma once
// -2 log likelihood of a generalized mixed model by Laplace's approximation, with its exact gradient in theta and beta
// together: the mode moves with both, and its motion is followed by implicit differentiation (docs/statistics.md).
#include "models/mode.hpp"
#include "models/objective.hpp"

namespace meridian::models {

class Laplace : public Objective {
 public:
  explicit Laplace(const ModeProblem& problem) : mode_(problem) {}

  /// parameters: theta of the scaled columns, then coefficients of the conditioned X.
  double value(const Eigen::VectorXd& parameters, Eigen::VectorXd& gradient) override;
  void make_canonical(Eigen::VectorXd& parameters) const override;
  Mode& mode() { return mode_; }
  int evaluations() const { return evaluations_; }

 private:
  Eigen::VectorXd slopes();
  Mode mode_;
  int evaluations_ = 0;
};

/// Canonical theta, coefficients as they are.
void make_theta_canonical(const RandomStructure& structure, Eigen::VectorXd& parameters);

}  // namespace meridian::models
