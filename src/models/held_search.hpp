#pragma once
// What profiles of linear and generalized mixed models share: a parameter held at a value, the criterion over those
// that stay free, and the search from one value to the next.
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "models/objective.hpp"
#include "models/random_structure.hpp"

namespace meridian::models {

/// Deviance (-2 log likelihood) as a function of the value at which a parameter is held, every other one at its best
/// there. Each search starts where the last one ended.
class HeldParameter {
 public:
  virtual ~HeldParameter() = default;
  virtual double deviance(double value) = 0;
};

/// A criterion over the parameters that stay free.
class FreeParameters : public Objective {
 public:
  /// A profile needs the value, not the parameters.
  void make_canonical(Eigen::VectorXd& /*parameters*/) const override {}
  virtual void hold(double value) { held_ = value; }

 protected:
  double held() const { return held_; }

 private:
  double held_ = 0;
};

/// Searches from the last point; the first search also finds the curvature that the later ones start with.
class ProfileSearch : public HeldParameter {
 public:
  ProfileSearch(std::unique_ptr<FreeParameters> free, Eigen::VectorXd start)
      : free_(std::move(free)), at_(std::move(start)) {}
  double deviance(double value) override;

 private:
  std::unique_ptr<FreeParameters> free_;
  Eigen::VectorXd at_;
  Eigen::MatrixXd inverse_;
};

/// `from`: all parameters, in the form that start() of `free` takes them.
template <class Free, class Start>
std::unique_ptr<HeldParameter> search_from(std::unique_ptr<Free> free, const Start& from) {
  const Eigen::VectorXd start = free->start(from);
  return std::make_unique<ProfileSearch>(std::move(free), start);
}

/// `values` with one more at `place`, and without the one there.
Eigen::VectorXd with_element(const Eigen::VectorXd& values, Eigen::Index place, double value);
Eigen::VectorXd without_element(const Eigen::VectorXd& values, Eigen::Index place);
Eigen::MatrixXd without_column(const Eigen::MatrixXd& x, Eigen::Index column);

/// theta with the second row of a term's template, (r, sqrt(1 - r^2)) times its length, replaced by the length. Other
/// parameters may follow theta. Model: value(parameters, gradient).
template <class Model>
class CorrelationHeld : public FreeParameters {
 public:
  CorrelationHeld(std::unique_ptr<Model> model, const TermBlock& term)
      : model_(std::move(model)),
        below_(static_cast<Eigen::Index>(term.first_theta) + 1),
        diagonal_(static_cast<Eigen::Index>(term.first_theta) + term.width) {}

  double value(const Eigen::VectorXd& parameters, Eigen::VectorXd& gradient) override {
    const double length = parameters[below_], across = std::sqrt(std::max(0.0, 1 - held() * held()));
    Eigen::VectorXd all = with_element(parameters, diagonal_, across * length), full;
    all[below_] = held() * length;
    const double deviance = model_->value(all, full);
    if (!std::isfinite(deviance)) return deviance;
    gradient = without_element(full, diagonal_);
    gradient[below_] = held() * full[below_] + across * full[diagonal_];
    return deviance;
  }

  /// From all parameters, theta in the units of the scaled columns.
  Eigen::VectorXd start(const Eigen::VectorXd& all) const {
    Eigen::VectorXd parameters = without_element(all, diagonal_);
    parameters[below_] = std::hypot(all[below_], all[diagonal_]);
    return parameters;
  }

 private:
  std::unique_ptr<Model> model_;
  Eigen::Index below_, diagonal_;
};

}  // namespace meridian::models
