#pragma once
// What profiles of linear and generalized mixed models share: a criterion over the parameters that stay free while one
// is held, and the search from one value of it to the next.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

#include "models/held_parameters.hpp"
#include "models/optimise.hpp"
#include "models/random_structure.hpp"

namespace meridian::models {

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

/// Place in theta of the first element of random term `term` (index into Design::random).
Eigen::Index first_element(const RandomStructure& structure, std::size_t term);

/// theta with the second row of a term's template, (r, sqrt(1 - r^2)) times its length, replaced by the length. Other
/// parameters may follow theta. Model: value(parameters, gradient) and units() of theta.
template <class Model>
class CorrelationHeld : public FreeParameters {
 public:
  /// `first`: first element of the term; `width`: its columns.
  CorrelationHeld(std::unique_ptr<Model> model, Eigen::Index first, Eigen::Index width)
      : model_(std::move(model)), below_(first + 1), diagonal_(first + width) {}

  double value(const Eigen::VectorXd& parameters, Eigen::VectorXd& gradient) override {
    const double length = parameters[below_], across = std::sqrt(std::max(0.0, 1 - held() * held()));
    Eigen::VectorXd all(parameters.size() + 1), full;
    all << parameters.head(diagonal_), 0.0, parameters.tail(parameters.size() - diagonal_);
    all[below_] = held() * length;
    all[diagonal_] = across * length;
    const double deviance = model_->value(all, full);
    if (!std::isfinite(deviance)) return deviance;
    gradient.resize(parameters.size());
    gradient << full.head(diagonal_), full.tail(full.size() - diagonal_ - 1);
    gradient[below_] = held() * full[below_] + across * full[diagonal_];
    return deviance;
  }

  /// From all parameters, theta in the units of the scaled columns.
  Eigen::VectorXd start(const Eigen::VectorXd& all) const {
    Eigen::VectorXd parameters(all.size() - 1);
    parameters << all.head(diagonal_), all.tail(all.size() - 1 - diagonal_);
    parameters[below_] = std::hypot(all[below_], all[diagonal_]);
    return parameters;
  }

 private:
  std::unique_ptr<Model> model_;
  Eigen::Index below_, diagonal_;
};

}  // namespace meridian::models
