#include "models/optimise.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr int most_iterations = 300;
constexpr int most_rounds = 8;
constexpr double close_enough = 1e-17;  ///< expected decrease of the criterion at which quasi-Newton hands over
constexpr double least_step = 1e-12;    ///< a shorter one is lost in rounding, and so would be the next
constexpr double flat = 1e-8;           ///< eigenvalues below this share of the largest count as zero

struct Point {
  VectorXd theta, gradient;
  double value = 0;
};

/// Backtracks with the minimum of the parabola through both values and the slope at the start.
/// False when no decrease is found along `direction`.
bool search_line(Objective& objective, const Point& from, const VectorXd& direction, Point& to) {
  const double slope = from.gradient.dot(direction);
  double step = 1;
  for (int halvings = 0; halvings < 40; ++halvings) {
    to.theta = from.theta + step * direction;
    to.value = objective.value(to.theta, to.gradient);
    if (std::isfinite(to.value)) {
      if (to.value <= from.value + 1e-4 * step * slope) return true;
      // Near the optimum rounding hides the decrease; the exact gradient still tells.
      const bool same = to.value <= from.value + 1e-14 * std::abs(from.value);
      if (same && std::abs(to.gradient.dot(direction)) <= 0.9 * std::abs(slope)) return true;
      const double curvature = 2 * (to.value - from.value - step * slope);
      step = std::clamp(-slope * step * step / curvature, 0.1 * step, 0.5 * step);
    } else {
      step *= 0.1;
    }
  }
  return false;
}

/// BFGS update of the inverse Hessian (Nocedal & Wright 2006, eq. 6.17).
void update_inverse(MatrixXd& inverse, const VectorXd& step, const VectorXd& change, bool first) {
  const double curvature = step.dot(change);
  if (!(curvature > 1e-12 * step.norm() * change.norm())) return;
  if (first) inverse = MatrixXd::Identity(step.size(), step.size()) * (curvature / change.squaredNorm());
  const VectorXd image = inverse * change;
  const double factor = (1 + change.dot(image) / curvature) / curvature;
  inverse += factor * step * step.transpose() - (image * step.transpose() + step * image.transpose()) / curvature;
}

/// Runs from `point` until the expected decrease is negligible; `inverse` ends as the estimate of the inverse Hessian
/// and starts as one unless it is empty.
void quasi_newton(Objective& objective, Point& point, MatrixXd& inverse) {
  bool first = inverse.size() == 0;
  if (first)
    inverse = MatrixXd::Identity(point.theta.size(), point.theta.size()) / std::max(1.0, point.gradient.norm());
  Point next;
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    VectorXd direction = -inverse * point.gradient;
    const double expected = -point.gradient.dot(direction);
    if (!first && expected < close_enough) return;
    const double longest = direction.cwiseAbs().maxCoeff();
    if (longest > 2) direction *= 2 / longest;
    if (!search_line(objective, point, direction, next)) return;
    if ((next.theta - point.theta).cwiseAbs().maxCoeff() < least_step) return;
    update_inverse(inverse, next.theta - point.theta, next.gradient - point.gradient, first);
    first = false;
    std::swap(point, next);
  }
}

VectorXd natural_scale(const VectorXd& theta, const VectorXd& inverse_diagonal) {
  const VectorXd error = (2 * inverse_diagonal).cwiseMax(0).cwiseSqrt();
  return error.cwiseMin(theta.cwiseAbs().cwiseMax(1.0)).cwiseMax(1e-4);
}

/// Newton's step without the flat directions, the decrement, and the curvature along the lowest direction.
struct NewtonStep {
  VectorXd step, lowest, inverse_diagonal;
  double decrement = 0;
  bool saddle = false;
};

NewtonStep newton_step(const MatrixXd& hessian, const VectorXd& gradient) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(hessian);
  const VectorXd& values = eigen.eigenvalues();
  const double floor = flat * values.cwiseAbs().maxCoeff();
  NewtonStep newton;
  newton.step = newton.inverse_diagonal = VectorXd::Zero(gradient.size());
  double square = 0;
  for (Index i = 0; i < values.size(); ++i) {
    if (std::abs(values[i]) <= floor) continue;
    const VectorXd direction = eigen.eigenvectors().col(i);
    const double along = direction.dot(gradient);
    newton.step -= direction * (along / std::abs(values[i]));
    newton.inverse_diagonal += direction.cwiseAbs2() / std::abs(values[i]);
    square += along * along / std::abs(values[i]);
  }
  newton.decrement = std::sqrt(square);
  newton.saddle = values[0] < -1e-6 * values.cwiseAbs().maxCoeff();
  newton.lowest = eigen.eigenvectors().col(0);
  return newton;
}

/// Newton steps with a fixed Hessian while they reduce the gradient.
void polish(Objective& objective, Point& point, const MatrixXd& hessian) {
  NewtonStep now = newton_step(hessian, point.gradient);
  Point next;
  for (int step = 0; step < 6 && now.decrement > 1e-13; ++step) {
    next.theta = point.theta + now.step;
    next.value = objective.value(next.theta, next.gradient);
    if (!std::isfinite(next.value)) return;
    const NewtonStep after = newton_step(hessian, next.gradient);
    if (!(after.decrement < 0.5 * now.decrement)) return;
    std::swap(point, next);
    now = after;
  }
}

/// Goes down along the direction of negative curvature.
void leave_saddle(Objective& objective, const VectorXd& lowest, Point& point) {
  const double side = lowest.dot(point.gradient) > 0 ? -1.0 : 1.0;
  point.theta += side * 0.1 * lowest;
  point.value = objective.value(point.theta, point.gradient);
}

/// Ends at the canonical theta of the optimum; the Hessian is found again if that is not where it was found.
void settle(Objective& objective, const NewtonStep& newton, Point& point, MatrixXd& hessian) {
  const VectorXd before = point.theta;
  polish(objective, point, hessian);
  objective.make_canonical(point.theta);
  const VectorXd scale = natural_scale(point.theta, newton.inverse_diagonal);
  const double moved = (point.theta - before).cwiseQuotient(scale).cwiseAbs().maxCoeff();
  if (moved > 1e-7) hessian = hessian_of(objective, point.theta, scale);
  point.value = objective.value(point.theta, point.gradient);
}

}  // namespace

MatrixXd positive_inverse(const MatrixXd& hessian) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(hessian);
  MatrixXd inverse = MatrixXd::Zero(hessian.rows(), hessian.cols());
  for (Index i = 0; i < hessian.rows(); ++i) {
    const double value = eigen.eigenvalues()[i];
    if (value > 1e-8) inverse += eigen.eigenvectors().col(i) * eigen.eigenvectors().col(i).transpose() / value;
  }
  return inverse;
}

MatrixXd bounded_inverse(const MatrixXd& hessian) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(hessian);
  const double floor = 1e-3 * eigen.eigenvalues().cwiseAbs().maxCoeff();
  const VectorXd inverse = eigen.eigenvalues().cwiseMax(floor).cwiseInverse();
  return eigen.eigenvectors() * inverse.asDiagonal() * eigen.eigenvectors().transpose();
}

MatrixXd hessian_of(Objective& objective, const VectorXd& theta, const VectorXd& scale) {
  const Index size = theta.size();
  MatrixXd hessian(size, size);
  VectorXd at = theta, gradient, sum;
  for (Index i = 0; i < size; ++i) {
    const double step = 0.01 * scale[i];
    sum = VectorXd::Zero(size);
    for (const auto& [shift, weight] : {std::pair{-2.0, 1.0}, {-1.0, -8.0}, {1.0, 8.0}, {2.0, -1.0}}) {
      at[i] = theta[i] + shift * step;
      objective.value(at, gradient);
      sum += weight * gradient;
    }
    at[i] = theta[i];
    hessian.col(i) = sum / (12 * step);
  }
  return (hessian + hessian.transpose()) / 2;
}

Optimum minimise(Objective& objective, const VectorXd& start) {
  Optimum best;
  Point point{start, {}, 0};
  point.value = objective.value(point.theta, point.gradient);
  NewtonStep last;
  for (int round = 0; round < most_rounds; ++round) {
    MatrixXd inverse;
    quasi_newton(objective, point, inverse);
    best.hessian = hessian_of(objective, point.theta, natural_scale(point.theta, inverse.diagonal()));
    last = newton_step(best.hessian, point.gradient);
    if (last.saddle) {
      leave_saddle(objective, last.lowest, point);
      continue;
    }
    settle(objective, last, point, best.hessian);
    last = newton_step(best.hessian, point.gradient);
    if (last.decrement < 1e-5) break;
  }
  best.theta = point.theta;
  best.value = point.value;
  best.gradient = point.gradient;
  best.decrement = last.decrement;
  best.reached = last.decrement < 1e-4 && !last.saddle;
  return best;
}

Optimum minimise_near(Objective& objective, const VectorXd& start, const MatrixXd& inverse_hessian) {
  constexpr double arrived = 1e-6;
  Point point{start, {}, 0};
  point.value = objective.value(point.theta, point.gradient);
  MatrixXd inverse = inverse_hessian;
  if (std::isfinite(point.value)) quasi_newton(objective, point, inverse);
  const double decrement = std::sqrt(std::max(0.0, point.gradient.dot(inverse * point.gradient)));
  if (!(decrement < arrived)) return minimise(objective, start);
  Optimum best;
  best.theta = point.theta;
  best.value = objective.value(best.theta, best.gradient);  // the last evaluation may have been a step not taken
  objective.make_canonical(best.theta);
  best.decrement = decrement;
  best.reached = true;
  return best;
}

}  // namespace meridian::models
