#include "models/held_parameters.hpp"

#include <cmath>

#include "models/held_search.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// theta without the term's first element, then log sigma.
class DeviationHeld : public FreeParameters {
 public:
  DeviationHeld(const ModelData& data, std::size_t term)
      : model_(data), place_(first_element(model_.structure(), term)) {}

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

 private:
  ProfileModel model_;
  Index place_;
};

/// The criterion over theta alone, sigma at its best.
class ProfiledModel {
 public:
  explicit ProfiledModel(const ModelData& data) : model_(data) {}
  double value(const VectorXd& theta, VectorXd& gradient) { return model_.criterion().value(theta, gradient); }
  const RandomStructure& structure() const { return model_.structure(); }
  const VectorXd& units() const { return model_.units(); }

 private:
  ProfileModel model_;
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
  return std::make_unique<ProfileSearch>(std::move(free), from);
}

}  // namespace

double ProfileSearch::deviance(double value) {
  free_->hold(value);
  if (at_.size() == 0) return free_->value(at_, at_);
  const bool first = inverse_.size() == 0;
  const Optimum optimum = first ? minimise(*free_, at_) : minimise_near(*free_, at_, inverse_);
  if (first) inverse_ = bounded_inverse(optimum.hessian);
  at_ = optimum.theta;
  return optimum.value;
}

Index first_element(const RandomStructure& structure, std::size_t term) {
  for (const TermBlock& block : structure.terms)
    if (block.term == term) return static_cast<Index>(block.first_theta);
  return -1;
}

std::unique_ptr<HeldParameter> held_deviation(const ModelData& data, std::size_t term, const ProfileStart& start) {
  return profile_of<DeviationHeld>(data, start, term);
}

std::unique_ptr<HeldParameter> held_correlation(const ModelData& data, std::size_t term, const ProfileStart& start) {
  auto model = std::make_unique<ProfiledModel>(data);
  const VectorXd theta = start.theta.cwiseQuotient(model->units());
  const Index first = first_element(model->structure(), term), width = data.design.random[term].z.cols();
  auto free = std::make_unique<CorrelationHeld<ProfiledModel>>(std::move(model), first, width);
  const VectorXd from = free->start(theta);
  return std::make_unique<ProfileSearch>(std::move(free), from);
}

std::unique_ptr<HeldParameter> held_sigma(const ModelData& data, const ProfileStart& start) {
  return profile_of<SigmaHeld>(data, start);
}

}  // namespace meridian::models
