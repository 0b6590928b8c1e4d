#include "models/profile_intervals.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "models/held_parameters.hpp"
#include "models/refit.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// The maximum-likelihood estimate and what profiles of all parameters share.
class Profiler {
 public:
  Profiler(const ModelData& data, double confidence)
      : data_(data),
        height_(boost::math::quantile(boost::math::chi_squared(1), confidence)),
        refitter_(data.design, data.pooled, data.classes, Method::ml) {}
  std::vector<ParameterInterval> intervals() const;

 private:
  ParameterInterval coefficient(Index column) const;
  ParameterInterval deviation(const TermBlock& term, Index column) const;
  ParameterInterval correlation(const TermBlock& term, Index first, Index second) const;
  ParameterInterval sigma() const;
  MatrixXd template_of(const TermBlock& term, const VectorXd& theta) const;
  ProfileStart start_with_first(const TermBlock& term, const std::vector<Index>& first) const;
  /// `deviance` of the value at which the parameter is held.
  template <class Deviance>
  ProfileLimit limit(const Deviance& deviance, double from, const SearchSide& side) const {
    return find_limit([&](double value) { return deviance(value) - fit().criterion; }, from, side, height_);
  }
  const Fit& fit() const { return refitter_.full(); }

  const ModelData& data_;
  double height_;  ///< of the deviance over its minimum at the limits
  Refitter refitter_;
};

MatrixXd Profiler::template_of(const TermBlock& term, const VectorXd& theta) const {
  std::vector<MatrixXd> templates;
  refitter_.structure().fill_templates(theta, templates);
  return templates[term.factor].block(term.offset, term.offset, term.width, term.width);
}

/// Off the boundary, with the template of `term` for its columns in another order.
ProfileStart Profiler::start_with_first(const TermBlock& term, const std::vector<Index>& first) const {
  ProfileStart start{refitter_.start(), fit().sigma};
  const MatrixXd own = template_of(term, start.theta);
  const std::vector<Index> order = columns_with_first(term.width, first);
  const MatrixXd covariance = own * own.transpose();
  const MatrixXd reordered = MatrixXd(covariance(order, order)).llt().matrixL();
  auto place = static_cast<Index>(term.first_theta);
  for (Index column = 0; column < term.width; ++column)
    for (Index row = column; row < term.width; ++row) start.theta[place++] = reordered(row, column);
  return start;
}

ParameterInterval Profiler::coefficient(Index column) const {
  ParameterInterval interval;
  interval.term1 = data_.design.names[static_cast<std::size_t>(column)];
  interval.estimate = fit().beta[column];
  const auto deviance = [&](double value) {
    const ModelData held = with_coefficient_held(data_, column, value);
    return refitter_.refit(held.design, held.classes).criterion;
  };
  const double step = 1.1 * std::sqrt(height_ * fit().vcov(column, column));
  interval.low = limit(deviance, interval.estimate, {-step});
  interval.high = limit(deviance, interval.estimate, {step});
  return interval;
}

ParameterInterval Profiler::deviation(const TermBlock& term, Index column) const {
  const RandomTerm& random = data_.design.random[term.term];
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::deviation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(column)];
  interval.estimate = fit().sigma * template_of(term, fit().theta).row(column).norm();
  const ModelData data = with_columns_first(data_, term.term, {column});
  const ProfileStart start = start_with_first(term, {column});
  const double moved = fit().sigma * template_of(term, start.theta).row(column).norm();  // positive
  const auto search = [&](const SearchSide& side) {
    const auto held = held_deviation(data, term.term, start);
    return limit([&](double value) { return held->deviance(value); }, interval.estimate, side);
  };
  interval.low = interval.estimate > 0 ? search({-0.4 * interval.estimate, 0}) : ProfileLimit{0, true};
  interval.high = search({0.4 * moved});
  return interval;
}

/// A correlation with a variance of zero can be anything: its search starts at 0 and finds the bounds.
ParameterInterval Profiler::correlation(const TermBlock& term, Index first, Index second) const {
  const RandomTerm& random = data_.design.random[term.term];
  const MatrixXd l = template_of(term, fit().theta);
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::correlation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(first)];
  interval.term2 = random.columns[static_cast<std::size_t>(second)];
  interval.estimate = l.row(first).dot(l.row(second)) / (l.row(first).norm() * l.row(second).norm());
  const double from = std::isnan(interval.estimate) ? 0 : std::clamp(interval.estimate, -1.0, 1.0);
  const ModelData data = with_columns_first(data_, term.term, {first, second});
  const ProfileStart start = start_with_first(term, {first, second});
  const auto search = [&](double step, double bound) {
    if (from == bound) return ProfileLimit{bound, true};
    const auto held = held_correlation(data, term.term, start);
    return limit([&](double value) { return held->deviance(value); }, from, {step, bound});
  };
  interval.low = search(-0.4, -1);
  interval.high = search(0.4, 1);
  return interval;
}

/// On the logarithmic scale, where it has no bound.
ParameterInterval Profiler::sigma() const {
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::sigma;
  interval.estimate = fit().sigma;
  const auto held = held_sigma(data_, {refitter_.start(), fit().sigma});
  const auto deviance = [&](double logarithm) { return held->deviance(std::exp(logarithm)); };
  for (ProfileLimit* end : {&interval.low, &interval.high}) {
    *end = limit(deviance, std::log(interval.estimate), {end == &interval.low ? -0.1 : 0.1});
    end->value = std::exp(end->value);
  }
  return interval;
}

std::vector<ParameterInterval> Profiler::intervals() const {
  std::vector<ParameterInterval> result;
  for (Index column = 0; column < fit().beta.size(); ++column) result.push_back(coefficient(column));
  for (const TermBlock& term : refitter_.structure().terms) {
    for (Index column = 0; column < term.width; ++column) result.push_back(deviation(term, column));
    for (Index first = 0; first < term.width; ++first)
      for (Index second = first + 1; second < term.width; ++second) result.push_back(correlation(term, first, second));
  }
  result.push_back(sigma());
  return result;
}

}  // namespace

std::vector<ParameterInterval> profile_intervals(const ModelData& data, double confidence) {
  return Profiler(data, confidence).intervals();
}

}  // namespace meridian::models
