#include "models/generalized_profile.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>

#include "models/held_search.hpp"
#include "models/laplace.hpp"
#include "models/profile_model.hpp"
#include "models/quadrature.hpp"
#include "models/reweighted.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// -2 log likelihood over theta of the scaled columns and the coefficients of the conditioned X, with all it refers to.
/// Stays where it was made.
class GeneralizedModel {
 public:
  GeneralizedModel(const Design& design, const GeneralizedOptions& options, const VectorXd& weight)
      : problem_(mode_problem(design, random_structure(design.random), read_responses(design, options.family), weight)),
        units_(theta_units(problem_.structure, problem_.factors)) {
    if (options.nodes > 1)
      objective_ = std::make_unique<Quadrature>(problem_, options.nodes);
    else
      objective_ = std::make_unique<Laplace>(problem_);
  }
  GeneralizedModel(const GeneralizedModel&) = delete;
  GeneralizedModel& operator=(const GeneralizedModel&) = delete;

  double value(const VectorXd& parameters, VectorXd& gradient) { return objective_->value(parameters, gradient); }
  /// Offset of the rows of the design.
  void set_offset(const VectorXd& offset) { problem_.responses.offset = offset(problem_.order); }
  VectorXd parameters(const VectorXd& theta, const VectorXd& beta) const {
    VectorXd all(theta.size() + beta.size());
    all << theta.cwiseQuotient(units_), problem_.basis.triangularView<Eigen::Upper>() * beta;
    return all;
  }
  const RandomStructure& structure() const { return problem_.structure; }
  const VectorXd& units() const { return units_; }

 private:
  ModeProblem problem_;
  VectorXd units_;
  std::unique_ptr<Objective> objective_;
};

VectorXd offset_of(const Design& design) {
  return design.offset.size() > 0 ? design.offset : VectorXd(VectorXd::Zero(design.x.rows()));
}

Design without_column(const Design& design, Index column) {
  Design result = design;
  std::vector<Index> kept;
  for (Index j = 0; j < design.x.cols(); ++j)
    if (j != column) kept.push_back(j);
  result.x = design.x(Eigen::all, kept);
  return result;
}

/// A coefficient held at a value is an offset.
class CoefficientHeld : public FreeParameters {
 public:
  CoefficientHeld(const Design& design, Index column, std::unique_ptr<GeneralizedModel> model)
      : model_(std::move(model)), offset_(offset_of(design)), column_(design.x.col(column)) {}
  void hold(double value) override { model_->set_offset(offset_ + value * column_); }
  double value(const VectorXd& parameters, VectorXd& gradient) override { return model_->value(parameters, gradient); }

 private:
  std::unique_ptr<GeneralizedModel> model_;
  VectorXd offset_, column_;
};

/// All parameters but the first element of a term.
class DeviationHeld : public FreeParameters {
 public:
  DeviationHeld(std::unique_ptr<GeneralizedModel> model, Index place) : model_(std::move(model)), place_(place) {}

  double value(const VectorXd& parameters, VectorXd& gradient) override {
    const Index after = parameters.size() - place_;
    VectorXd all(parameters.size() + 1), full;
    all << parameters.head(place_), held() / model_->units()[place_], parameters.tail(after);
    const double deviance = model_->value(all, full);
    if (!std::isfinite(deviance)) return deviance;
    gradient.resize(parameters.size());
    gradient << full.head(place_), full.tail(after);
    return deviance;
  }

  VectorXd start(const VectorXd& all) const {
    VectorXd parameters(all.size() - 1);
    parameters << all.head(place_), all.tail(all.size() - 1 - place_);
    return parameters;
  }

 private:
  std::unique_ptr<GeneralizedModel> model_;
  Index place_;
};

class Profiler {
 public:
  Profiler(const Design& design, const GeneralizedOptions& options, const GeneralizedFit& fit, double confidence)
      : design_(design),
        options_(options),
        fit_(fit.fit),
        height_(boost::math::quantile(boost::math::chi_squared(1), confidence)),
        structure_(random_structure(design.random)),
        weight_(reweighted_fit(design.x, design.names, read_responses(design, options.family)).weight) {}
  std::vector<ParameterInterval> intervals() const;

 private:
  ParameterInterval coefficient(Index column) const;
  ParameterInterval deviation(const TermBlock& term, Index column) const;
  ParameterInterval correlation(const TermBlock& term, Index first, Index second) const;
  std::unique_ptr<HeldParameter> held_coefficient(Index column) const;
  std::unique_ptr<GeneralizedModel> model_with_first(const TermBlock& term, const std::vector<Index>& first) const;
  VectorXd start_with_first(const TermBlock& term, const std::vector<Index>& first) const;
  MatrixXd template_of(const TermBlock& term, const VectorXd& theta) const;
  ProfileLimit limit(std::unique_ptr<HeldParameter> held, double from, const SearchSide& side) const {
    return find_limit([&](double value) { return held->deviance(value) - fit_.criterion; }, from, side, height_);
  }

  const Design& design_;
  const GeneralizedOptions& options_;
  const Fit& fit_;
  double height_;
  RandomStructure structure_;
  VectorXd weight_;
};

MatrixXd Profiler::template_of(const TermBlock& term, const VectorXd& theta) const {
  std::vector<MatrixXd> templates;
  structure_.fill_templates(theta, templates);
  return templates[term.factor].block(term.offset, term.offset, term.width, term.width);
}

std::unique_ptr<GeneralizedModel> Profiler::model_with_first(const TermBlock& term,
                                                             const std::vector<Index>& first) const {
  Design design = design_;
  design.random[term.term].z = design_.random[term.term].z(Eigen::all, columns_with_first(term.width, first));
  return std::make_unique<GeneralizedModel>(design, options_, weight_);
}

/// theta off the boundary, with the template of `term` for its columns in another order.
VectorXd Profiler::start_with_first(const TermBlock& term, const std::vector<Index>& first) const {
  VectorXd theta = structure_.off_boundary(fit_.theta);
  const MatrixXd own = template_of(term, theta);
  const std::vector<Index> order = columns_with_first(term.width, first);
  const MatrixXd covariance = own * own.transpose();
  const MatrixXd reordered = MatrixXd(covariance(order, order)).llt().matrixL();
  auto place = static_cast<Index>(term.first_theta);
  for (Index column = 0; column < term.width; ++column)
    for (Index row = column; row < term.width; ++row) theta[place++] = reordered(row, column);
  return theta;
}

/// Without random terms there is no search over theta: each point is a fit by reweighted least squares.
class FixedCoefficientHeld : public HeldParameter {
 public:
  FixedCoefficientHeld(const Design& design, Index column, Family family)
      : design_(without_column(design, column)),
        offset_(offset_of(design)),
        column_(design.x.col(column)),
        responses_(read_responses(design, family)) {}

  double deviance(double value) override {
    responses_.offset = offset_ + value * column_;
    return -2 * reweighted_fit(design_.x, design_.names, responses_).loglik;
  }

 private:
  Design design_;
  VectorXd offset_, column_;
  Responses responses_;
};

std::unique_ptr<HeldParameter> Profiler::held_coefficient(Index column) const {
  if (design_.random.empty()) return std::make_unique<FixedCoefficientHeld>(design_, column, options_.family);
  const Design reduced = without_column(design_, column);
  auto model = std::make_unique<GeneralizedModel>(reduced, options_, weight_);
  VectorXd beta(fit_.beta.size() - 1);
  beta << fit_.beta.head(column), fit_.beta.tail(fit_.beta.size() - 1 - column);
  const VectorXd start = model->parameters(structure_.off_boundary(fit_.theta), beta);
  return std::make_unique<ProfileSearch>(std::make_unique<CoefficientHeld>(design_, column, std::move(model)), start);
}

ParameterInterval Profiler::coefficient(Index column) const {
  ParameterInterval interval;
  interval.term1 = design_.names[static_cast<std::size_t>(column)];
  interval.estimate = fit_.beta[column];
  const double step = 1.1 * std::sqrt(height_ * fit_.vcov(column, column));
  interval.low = limit(held_coefficient(column), interval.estimate, {-step});
  interval.high = limit(held_coefficient(column), interval.estimate, {step});
  return interval;
}

ParameterInterval Profiler::deviation(const TermBlock& term, Index column) const {
  const RandomTerm& random = design_.random[term.term];
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::deviation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(column)];
  interval.estimate = template_of(term, fit_.theta).row(column).norm();
  const VectorXd theta = start_with_first(term, {column});
  const Index place = static_cast<Index>(term.first_theta);
  const auto search = [&](const SearchSide& side) {
    auto model = model_with_first(term, {column});
    const VectorXd all = model->parameters(theta, fit_.beta);
    auto free = std::make_unique<DeviationHeld>(std::move(model), place);
    const VectorXd start = free->start(all);
    return limit(std::make_unique<ProfileSearch>(std::move(free), start), interval.estimate, side);
  };
  interval.low = interval.estimate > 0 ? search({-0.4 * interval.estimate, 0}) : ProfileLimit{0, true};
  interval.high = search({0.4 * theta[place]});
  return interval;
}

/// A correlation with a variance of zero can be anything: its search starts at 0 and finds the bounds.
ParameterInterval Profiler::correlation(const TermBlock& term, Index first, Index second) const {
  const RandomTerm& random = design_.random[term.term];
  const MatrixXd l = template_of(term, fit_.theta);
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::correlation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(first)];
  interval.term2 = random.columns[static_cast<std::size_t>(second)];
  interval.estimate = l.row(first).dot(l.row(second)) / (l.row(first).norm() * l.row(second).norm());
  const double from = std::isnan(interval.estimate) ? 0 : std::clamp(interval.estimate, -1.0, 1.0);
  const VectorXd theta = start_with_first(term, {first, second});
  const auto search = [&](double step, double bound) {
    if (from == bound) return ProfileLimit{bound, true};
    auto model = model_with_first(term, {first, second});
    const VectorXd all = model->parameters(theta, fit_.beta);
    auto free = std::make_unique<CorrelationHeld<GeneralizedModel>>(std::move(model),
                                                                    static_cast<Index>(term.first_theta), term.width);
    const VectorXd start = free->start(all);
    return limit(std::make_unique<ProfileSearch>(std::move(free), start), from, {step, bound});
  };
  interval.low = search(-0.4, -1);
  interval.high = search(0.4, 1);
  return interval;
}

std::vector<ParameterInterval> Profiler::intervals() const {
  std::vector<ParameterInterval> result;
  for (Index column = 0; column < fit_.beta.size(); ++column) result.push_back(coefficient(column));
  for (const TermBlock& term : structure_.terms) {
    for (Index column = 0; column < term.width; ++column) result.push_back(deviation(term, column));
    for (Index first = 0; first < term.width; ++first)
      for (Index second = first + 1; second < term.width; ++second) result.push_back(correlation(term, first, second));
  }
  return result;
}

}  // namespace

std::vector<ParameterInterval> profile_intervals(const Design& design, const GeneralizedOptions& options,
                                                 const GeneralizedFit& fit, double confidence) {
  return Profiler(design, options, fit, confidence).intervals();
}

}  // namespace meridian::models
