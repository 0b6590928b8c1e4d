#include "models/held_linear.hpp"

#include <cmath>

namespace meridian::models {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Its column moves to the other side of the equation: another response, the same template of random effects.
class CoefficientHeld : public HeldParameter {
 public:
  CoefficientHeld(const ModelData& data, const Refitter& refitter, Index column)
      : data_(data), refitter_(refitter), column_(column) {}

  double deviance(double value) override {
    const ModelData held = with_coefficient_held(data_, column_, value);
    return refitter_.refit(held.design, held.classes).criterion;
  }

 private:
  const ModelData& data_;
  const Refitter& refitter_;
  Index column_;
};

/// theta without the term's first element, then log sigma.
class DeviationHeld : public FreeParameters {
 public:
  DeviationHeld(const ModelData& data, const TermBlock& term)
      : model_(data), place_(static_cast<Index>(term.first_theta)) {}

  double value(const VectorXd& parameters, VectorXd& gradient) override {
    const Index others = parameters.size() - 1;
    const double log_sigma = parameters[others];
    const double relative = held() * std::exp(-log_sigma) / model_.units()[place_];
    VectorXd full;
    const double deviance = model_.deviance(with_element(parameters.head(others), place_, relative), log_sigma, full);
    gradient = without_element(full, place_);
    gradient[others] -= full[place_] * relative;
    return deviance;
  }

  VectorXd start(const ProfileStart& from) const {
    const VectorXd theta = without_element(from.theta.cwiseQuotient(model_.units()), place_);
    return with_element(theta, theta.size(), std::log(from.sigma));
  }

 private:
  ProfileModel model_;
  Index place_;
};

/// The criterion over theta alone, sigma at its best.
class SigmaProfiled {
 public:
  explicit SigmaProfiled(const ModelData& data) : model_(data) {}
  double value(const VectorXd& theta, VectorXd& gradient) { return model_.criterion().value(theta, gradient); }
  const VectorXd& units() const { return model_.units(); }

 private:
  ProfileModel model_;
};

class LogSigmaHeld : public FreeParameters {
 public:
  explicit LogSigmaHeld(const ModelData& data) : model_(data) {}

  double value(const VectorXd& theta, VectorXd& gradient) override {
    VectorXd full;
    const double deviance = model_.deviance(theta, held(), full);
    gradient = full.head(theta.size());
    return deviance;
  }

  VectorXd start(const ProfileStart& from) const { return from.theta.cwiseQuotient(model_.units()); }

 private:
  ProfileModel model_;
};

}  // namespace

std::unique_ptr<HeldParameter> held_coefficient(const ModelData& data, const Refitter& refitter, Index column) {
  return std::make_unique<CoefficientHeld>(data, refitter, column);
}

std::unique_ptr<HeldParameter> held_deviation(const ModelData& data, const TermBlock& term, const ProfileStart& start) {
  return search_from(std::make_unique<DeviationHeld>(data, term), start);
}

std::unique_ptr<HeldParameter> held_correlation(const ModelData& data, const TermBlock& term,
                                                const ProfileStart& start) {
  auto model = std::make_unique<SigmaProfiled>(data);
  const VectorXd theta = start.theta.cwiseQuotient(model->units());
  return search_from(std::make_unique<CorrelationHeld<SigmaProfiled>>(std::move(model), term), theta);
}

std::unique_ptr<HeldParameter> held_log_sigma(const ModelData& data, const ProfileStart& start) {
  return search_from(std::make_unique<LogSigmaHeld>(data), start);
}

}  // namespace meridian::models
