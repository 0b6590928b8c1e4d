#include "models/held_parameters.hpp"

#include <algorithm>
#include <cmath>

#include "models/optimise.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// A criterion over the parameters that stay free.
class FreeParameters : public Objective {
 public:
  void make_canonical(VectorXd& /*parameters*/) const override {}  // a profile needs the value, not the parameters
  void hold(double value) { held_ = value; }

 protected:
  double held() const { return held_; }

 private:
  double held_ = 0;
};

/// Searches from the last point; the first search also finds the curvature that the later ones start with.
class Profile : public HeldParameter {
 public:
  Profile(std::unique_ptr<FreeParameters> free, VectorXd start) : free_(std::move(free)), at_(std::move(start)) {}

  double deviance(double value) override {
    free_->hold(value);
    if (at_.size() == 0) return free_->value(at_, at_);
    const bool first = inverse_.size() == 0;
    const Optimum optimum = first ? minimise(*free_, at_) : minimise_near(*free_, at_, inverse_);
    if (first) inverse_ = bounded_inverse(optimum.hessian);
    at_ = optimum.theta;
    return optimum.value;
  }

 private:
  std::unique_ptr<FreeParameters> free_;
  VectorXd at_;
  MatrixXd inverse_;
};

/// theta without the term's first element, then log sigma.
class DeviationHeld : public FreeParameters {
 public:
  DeviationHeld(const ModelData& data, std::size_t term) : model_(data), place_(first_element(model_, term)) {}

  double value(const VectorXd& parameters, VectorXd& gradient) override {
    const Index size = parameters.size();
    const double log_sigma = parameters[size - 1];
    VectorXd theta(size), full;
    theta << parameters.head(place_), held() * std::exp(-log_sigma) / model_.units()[place_],
        parameters.segment(place_, size - 1 - place_);
    const double deviance = model_.deviance(theta, log_sigma, full);
    gradient.resize(size);
    gradient << full.head(place_), full.segment(place_ + 1, size - 1 - place_),
        full[size] - full[place_] * theta[place_];
    return deviance;
  }

  VectorXd start(const ProfileStart& from) const {
    const VectorXd theta = from.theta.cwiseQuotient(model_.units());
    VectorXd parameters(theta.size());
    parameters << theta.head(place_), theta.tail(theta.size() - 1 - place_), std::log(from.sigma);
    return parameters;
  }

  static Index first_element(const ProfileModel& model, std::size_t term) {
    for (const TermBlock& block : model.structure().terms)
      if (block.term == term) return static_cast<Index>(block.first_theta);
    return -1;
  }

 private:
  ProfileModel model_;
  Index place_;
};

/// theta with the second row of the term's template, (r, sqrt(1 - r^2)) times its length, replaced by the length.
class CorrelationHeld : public FreeParameters {
 public:
  CorrelationHeld(const ModelData& data, std::size_t term)
      : model_(data),
        below_(DeviationHeld::first_element(model_, term) + 1),
        diagonal_(below_ - 1 + data.design.random[term].z.cols()) {}

  double value(const VectorXd& parameters, VectorXd& gradient) override {
    const double length = parameters[below_], across = std::sqrt(std::max(0.0, 1 - held() * held()));
    VectorXd theta(parameters.size() + 1), full;
    theta << parameters.head(diagonal_), 0.0, parameters.tail(parameters.size() - diagonal_);
    theta[below_] = held() * length;
    theta[diagonal_] = across * length;
    const double deviance = model_.criterion().value(theta, full);
    gradient.resize(parameters.size());
    gradient << full.head(diagonal_), full.tail(full.size() - diagonal_ - 1);
    gradient[below_] = held() * full[below_] + across * full[diagonal_];
    return deviance;
  }

  VectorXd start(const ProfileStart& from) const {
    const VectorXd theta = from.theta.cwiseQuotient(model_.units());
    VectorXd parameters(theta.size() - 1);
    parameters << theta.head(diagonal_), theta.tail(theta.size() - 1 - diagonal_);
    parameters[below_] = std::hypot(theta[below_], theta[diagonal_]);
    return parameters;
  }

 private:
  ProfileModel model_;
  Index below_, diagonal_;
};

class SigmaHeld : public FreeParameters {
 public:
  explicit SigmaHeld(const ModelData& data) : model_(data) {}

  double value(const VectorXd& theta, VectorXd& gradient) override {
    VectorXd full;
    const double deviance = model_.deviance(theta, std::log(held()), full);
    gradient = full.head(theta.size());
    return deviance;
  }

  VectorXd start(const ProfileStart& from) const { return from.theta.cwiseQuotient(model_.units()); }

 private:
  ProfileModel model_;
};

template <class Held, class... Term>
std::unique_ptr<HeldParameter> profile_of(const ModelData& data, const ProfileStart& start, Term... term) {
  auto free = std::make_unique<Held>(data, term...);
  const VectorXd from = free->start(start);
  return std::make_unique<Profile>(std::move(free), from);
}

}  // namespace

std::unique_ptr<HeldParameter> held_deviation(const ModelData& data, std::size_t term, const ProfileStart& start) {
  return profile_of<DeviationHeld>(data, start, term);
}

std::unique_ptr<HeldParameter> held_correlation(const ModelData& data, std::size_t term, const ProfileStart& start) {
  return profile_of<CorrelationHeld>(data, start, term);
}

std::unique_ptr<HeldParameter> held_sigma(const ModelData& data, const ProfileStart& start) {
  return profile_of<SigmaHeld>(data, start);
}

}  // namespace meridian::models
