#include "models/held_generalized.hpp"

#include <cmath>

#include "models/laplace.hpp"
#include "models/quadrature.hpp"
#include "models/reweighted.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// -2 log likelihood over theta of the scaled columns and the coefficients of the conditioned X, with all it refers to.
/// Stays where it was made.
class GeneralizedModel {
 public:
  explicit GeneralizedModel(const GeneralizedData& data)
      : problem_(mode_problem(data.design, random_structure(data.design.random),
                              read_responses(data.design, data.options.family), data.weight)),
        units_(theta_units(problem_.structure, problem_.factors)) {
    if (data.options.nodes > 1)
      objective_ = std::make_unique<Quadrature>(problem_, data.options.nodes);
    else
      objective_ = std::make_unique<Laplace>(problem_);
  }
  GeneralizedModel(const GeneralizedModel&) = delete;
  GeneralizedModel& operator=(const GeneralizedModel&) = delete;

  double value(const VectorXd& parameters, VectorXd& gradient) { return objective_->value(parameters, gradient); }
  /// Offset of the rows of the design.
  void set_offset(const VectorXd& offset) { problem_.responses.offset = offset(problem_.order); }
  VectorXd parameters(const GeneralizedStart& from) const {
    VectorXd all(from.theta.size() + from.beta.size());
    all << from.theta.cwiseQuotient(units_), problem_.basis.triangularView<Eigen::Upper>() * from.beta;
    return all;
  }
  const VectorXd& units() const { return units_; }

 private:
  ModeProblem problem_;
  VectorXd units_;
  std::unique_ptr<Objective> objective_;
};

Design without_coefficient(const Design& design, Index column) {
  Design result = design;
  result.x = without_column(design.x, column);
  result.names.erase(result.names.begin() + column);
  return result;
}

/// A coefficient held at a value is an offset.
class HeldOffset {
 public:
  HeldOffset(const Design& design, Index column)
      : offset_(design.offset.size() > 0 ? design.offset : VectorXd(VectorXd::Zero(design.x.rows()))),
        column_(design.x.col(column)) {}
  VectorXd at(double value) const { return offset_ + value * column_; }

 private:
  VectorXd offset_, column_;
};

class CoefficientHeld : public FreeParameters {
 public:
  CoefficientHeld(std::unique_ptr<GeneralizedModel> model, HeldOffset offset)
      : model_(std::move(model)), offset_(std::move(offset)) {}
  void hold(double value) override { model_->set_offset(offset_.at(value)); }
  double value(const VectorXd& parameters, VectorXd& gradient) override { return model_->value(parameters, gradient); }

 private:
  std::unique_ptr<GeneralizedModel> model_;
  HeldOffset offset_;
};

/// Without random terms there is no search over theta: each point is a fit by reweighted least squares.
class FixedCoefficientHeld : public HeldParameter {
 public:
  FixedCoefficientHeld(const Design& design, Index column, Family family)
      : design_(without_coefficient(design, column)),
        offset_(design, column),
        responses_(read_responses(design, family)) {}

  double deviance(double value) override {
    responses_.offset = offset_.at(value);
    return -2 * reweighted_fit(design_.x, design_.names, responses_).loglik;
  }

 private:
  Design design_;
  HeldOffset offset_;
  Responses responses_;
};

/// All parameters but the first element of a term.
class DeviationHeld : public FreeParameters {
 public:
  DeviationHeld(std::unique_ptr<GeneralizedModel> model, const TermBlock& term)
      : model_(std::move(model)), place_(static_cast<Index>(term.first_theta)) {}

  double value(const VectorXd& parameters, VectorXd& gradient) override {
    VectorXd full;
    const double deviance = model_->value(with_element(parameters, place_, held() / model_->units()[place_]), full);
    if (std::isfinite(deviance)) gradient = without_element(full, place_);
    return deviance;
  }

  VectorXd start(const VectorXd& all) const { return without_element(all, place_); }

 private:
  std::unique_ptr<GeneralizedModel> model_;
  Index place_;
};

template <class Held>
std::unique_ptr<HeldParameter> held_term(const GeneralizedData& data, const TermBlock& term,
                                         const GeneralizedStart& start) {
  auto model = std::make_unique<GeneralizedModel>(data);
  const VectorXd all = model->parameters(start);
  return search_from(std::make_unique<Held>(std::move(model), term), all);
}

}  // namespace

std::unique_ptr<HeldParameter> held_coefficient(const GeneralizedData& data, Index column,
                                                const GeneralizedStart& start) {
  const Design others = without_coefficient(data.design, column);
  auto model = std::make_unique<GeneralizedModel>(GeneralizedData{others, data.options, data.weight});
  const VectorXd from = model->parameters({start.theta, without_element(start.beta, column)});
  auto free = std::make_unique<CoefficientHeld>(std::move(model), HeldOffset(data.design, column));
  return std::make_unique<ProfileSearch>(std::move(free), from);
}

std::unique_ptr<HeldParameter> held_fixed_coefficient(const Design& design, Family family, Index column) {
  return std::make_unique<FixedCoefficientHeld>(design, column, family);
}

std::unique_ptr<HeldParameter> held_deviation(const GeneralizedData& data, const TermBlock& term,
                                              const GeneralizedStart& start) {
  return held_term<DeviationHeld>(data, term, start);
}

std::unique_ptr<HeldParameter> held_correlation(const GeneralizedData& data, const TermBlock& term,
                                                const GeneralizedStart& start) {
  return held_term<CorrelationHeld<GeneralizedModel>>(data, term, start);
}

}  // namespace meridian::models
