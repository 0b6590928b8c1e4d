#include "models/mode.hpp"

#include <cmath>

namespace meridian::models {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr int most_steps = 200;
/// Newton's error after a step is of the order of its square: below 1e-13 SDs.
constexpr double close_enough = 1e-7;

/// Neumaier's compensated sum (1974, Z. Angew. Math. Mech. 54): the search compares losses that differ in their last
/// digits only.
class ExactSum {
 public:
  void add(double value) {
    const double next = sum_ + value;
    rest_ += std::abs(sum_) >= std::abs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  double value() const { return std::isfinite(sum_) ? sum_ + rest_ : sum_; }

 private:
  double sum_ = 0, rest_ = 0;
};

}  // namespace

Mode::Mode(const ModeProblem& problem)
    : problem_(problem),
      system_(problem),
      effects_(VectorXd::Zero(problem.random_columns())),
      residual_(problem.rows()),
      weight_(problem.rows()),
      slope_(problem.rows()) {}

void Mode::evaluate(const VectorXd& effects) {
  predictor_ = fixed_ + system_.predictor(effects);
  ExactSum loss;
  const Responses& responses = problem_.responses;
  for (Index row = 0; row < problem_.rows(); ++row) {
    const ResponsePoint point = responses.point(row, predictor_[row]);
    loss.add(point.loss);
    residual_[row] = point.residual;
    weight_[row] = point.weight;
    slope_[row] = point.slope;
  }
  loss_ = loss.value() + effects.squaredNorm() / 2;
}

/// One Newton step, halved until the penalised loss falls.
bool Mode::step() {
  if (!system_.factorise(weight_)) return false;
  const VectorXd gradient = system_.project(residual_) - effects_;
  const VectorXd direction = system_.solve(gradient);
  decrement_ = std::sqrt(std::max(0.0, gradient.dot(direction)));
  const double before = loss_;
  double length = 1;
  for (int halvings = 0; halvings < 60; ++halvings, length /= 2) {
    const VectorXd next = effects_ + length * direction;
    evaluate(next);
    if (loss_ <= before + 1e-13 * std::abs(before)) {
      effects_ = next;
      return true;
    }
  }
  return false;
}

bool Mode::find(const VectorXd& parameters) {
  const auto thetas = static_cast<Index>(problem_.structure.theta.size());
  system_.set_templates(parameters.head(thetas));
  fixed_ = problem_.x * parameters.tail(parameters.size() - thetas) + problem_.responses.offset;
  evaluate(effects_);
  const double warm = loss_;
  evaluate(VectorXd::Zero(effects_.size()));
  if (loss_ <= warm || !std::isfinite(warm))
    effects_.setZero();
  else
    evaluate(effects_);
  if (!std::isfinite(loss_)) return false;
  for (int steps = 0; steps < most_steps; ++steps) {
    if (!step()) return false;
    if (decrement_ < close_enough) return system_.factorise(weight_);
  }
  return false;
}

}  // namespace meridian::models
