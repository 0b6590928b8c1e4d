#pragma once
// Minimising a criterion. A mixed model's is even in every column of a template, so theta needs no bounds: a search
// that crosses zero has found the same covariance with the signs of a column turned, and a variance of zero is an
// ordinary stationary point. Quasi-Newton (BFGS) first, then Newton steps with the Hessian from differences of exact
// gradients.
#include <Eigen/Core>

#include "models/objective.hpp"

namespace meridian::models {

struct Optimum {
  Eigen::VectorXd theta;     ///< the parameters, canonical; of a generalized model the coefficients follow theta
  Eigen::VectorXd gradient;  ///< of the criterion there
  Eigen::MatrixXd hessian;
  double value = 0;
  double decrement = 0;  ///< sqrt(g' H^+ g): distance to the optimum in standard errors of theta (times sqrt 2)
  bool reached = false;  ///< decrement small and no direction of descent left
};

/// Evaluates the objective last at the returned theta, with gradient, so that its state belongs to it.
Optimum minimise(Objective& objective, const Eigen::VectorXd& start);

/// For refits: quasi-Newton steps alone, from a start near the optimum with the inverse Hessian known there; a start
/// that was not near ends in minimise(). The Hessian stays empty. A diagonal of exactly zero would stay there: start
/// off it.
Optimum minimise_near(Objective& objective, const Eigen::VectorXd& start, const Eigen::MatrixXd& inverse_hessian);

/// Five-point differences of the exact gradient, symmetrised; `scale` is the natural step per parameter.
Eigen::MatrixXd hessian_of(Objective& objective, const Eigen::VectorXd& theta, const Eigen::VectorXd& scale);

/// Inverse over the eigenvalues above 1e-8, as lmerTest takes it: on the boundary some parameters have no information.
Eigen::MatrixXd positive_inverse(const Eigen::MatrixXd& hessian);

/// Inverse in which directions without curvature get a thousandth of the steepest: a start for quasi-Newton steps.
Eigen::MatrixXd bounded_inverse(const Eigen::MatrixXd& hessian);

}  // namespace meridian::models
