#pragma once
// -2 log likelihood by adaptive Gauss-Hermite quadrature (Pinheiro & Bates 1995, J. Comput. Graph. Stat. 4; Liu &
// Pierce 1994, Biometrika 81), for one scalar random term, with its exact gradient in theta and beta.
#include "models/gauss_hermite.hpp"
#include "models/mode.hpp"
#include "models/objective.hpp"

namespace meridian::models {

class Quadrature : public Objective {
 public:
  /// One node is Laplace's approximation. The problem has one factor of width one.
  Quadrature(const ModeProblem& problem, int nodes) : mode_(problem), rule_(gauss_hermite(nodes)) {}

  double value(const Eigen::VectorXd& parameters, Eigen::VectorXd& gradient) override;
  void make_canonical(Eigen::VectorXd& parameters) const override;
  Mode& mode() { return mode_; }
  int evaluations() const { return evaluations_; }

 private:
  double level_value(std::size_t level, Eigen::VectorXd& per_row, double& theta_slope);
  Mode mode_;
  QuadratureRule rule_;
  int evaluations_ = 0;
};

}  // namespace meridian::models
