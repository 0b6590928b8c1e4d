#include "models/profile_terms.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// The columns `first`, then the others in their order.
std::vector<Index> columns_with_first(Index width, const std::vector<Index>& first) {
  std::vector<Index> order = first;
  for (Index column = 0; column < width; ++column)
    if (std::find(first.begin(), first.end(), column) == first.end()) order.push_back(column);
  return order;
}

MatrixXd template_of(const ProfiledFit& profiled, const TermBlock& term, const VectorXd& theta) {
  std::vector<MatrixXd> templates;
  profiled.structure().fill_templates(theta, templates);
  return templates[term.factor].block(term.offset, term.offset, term.width, term.width);
}

OrderedTerm ordered_term(const ProfiledFit& profiled, const TermBlock& term, const std::vector<Index>& first) {
  OrderedTerm ordered{term, columns_with_first(term.width, first), profiled.start()};
  const MatrixXd own = template_of(profiled, term, ordered.theta);
  const MatrixXd covariance = own * own.transpose();
  const MatrixXd reordered = MatrixXd(covariance(ordered.order, ordered.order)).llt().matrixL();
  auto place = static_cast<Index>(term.first_theta);
  for (Index column = 0; column < term.width; ++column)
    for (Index row = column; row < term.width; ++row) ordered.theta[place++] = reordered(row, column);
  return ordered;
}

ParameterInterval coefficient(const ProfiledFit& profiled, Index column, double height) {
  const Fit& fit = profiled.fit();
  ParameterInterval interval;
  interval.term1 = profiled.design().names[static_cast<std::size_t>(column)];
  interval.estimate = fit.beta[column];
  const double step = 1.1 * std::sqrt(height * fit.vcov(column, column));
  const auto search = [&](double signed_step) {
    return profile_limit(profiled, *profiled.hold_coefficient(column), interval.estimate, {signed_step}, height);
  };
  interval.low = search(-step);
  interval.high = search(step);
  return interval;
}

ParameterInterval deviation(const ProfiledFit& profiled, const TermBlock& term, Index column, double height) {
  const RandomTerm& random = profiled.design().random[term.term];
  const double sigma = profiled.fit().sigma;
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::deviation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(column)];
  interval.estimate = sigma * template_of(profiled, term, profiled.fit().theta).row(column).norm();
  const OrderedTerm ordered = ordered_term(profiled, term, {column});
  const double moved = sigma * ordered.theta[static_cast<Index>(term.first_theta)];  // positive
  const auto search = [&](const SearchSide& side) {
    return profile_limit(profiled, *profiled.hold_deviation(ordered), interval.estimate, side, height);
  };
  interval.low = interval.estimate > 0 ? search({-0.4 * interval.estimate, 0}) : ProfileLimit{0, true};
  interval.high = search({0.4 * moved});
  return interval;
}

/// A correlation with a variance of zero can be anything: its search starts at 0 and finds the bounds.
ParameterInterval correlation(const ProfiledFit& profiled, const TermBlock& term, Index first, Index second,
                              double height) {
  const RandomTerm& random = profiled.design().random[term.term];
  const MatrixXd l = template_of(profiled, term, profiled.fit().theta);
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::correlation;
  interval.group = random.group;
  interval.term1 = random.columns[static_cast<std::size_t>(first)];
  interval.term2 = random.columns[static_cast<std::size_t>(second)];
  interval.estimate = l.row(first).dot(l.row(second)) / (l.row(first).norm() * l.row(second).norm());
  const double from = std::isnan(interval.estimate) ? 0 : std::clamp(interval.estimate, -1.0, 1.0);
  const OrderedTerm ordered = ordered_term(profiled, term, {first, second});
  const auto search = [&](double step, double bound) {
    if (from == bound) return ProfileLimit{bound, true};
    return profile_limit(profiled, *profiled.hold_correlation(ordered), from, {step, bound}, height);
  };
  interval.low = search(-0.4, -1);
  interval.high = search(0.4, 1);
  return interval;
}

}  // namespace

double profile_height(double confidence) { return boost::math::quantile(boost::math::chi_squared(1), confidence); }

ProfileLimit profile_limit(const ProfiledFit& profiled, HeldParameter& held, double from, const SearchSide& side,
                           double height) {
  const auto rise = [&](double value) { return held.deviance(value) - profiled.fit().criterion; };
  return find_limit(rise, from, side, height);
}

std::vector<ParameterInterval> profile_terms(const ProfiledFit& profiled, double height) {
  std::vector<ParameterInterval> result;
  for (Index column = 0; column < profiled.fit().beta.size(); ++column)
    result.push_back(coefficient(profiled, column, height));
  for (const TermBlock& term : profiled.structure().terms) {
    for (Index column = 0; column < term.width; ++column) result.push_back(deviation(profiled, term, column, height));
    for (Index first = 0; first < term.width; ++first)
      for (Index second = first + 1; second < term.width; ++second)
        result.push_back(correlation(profiled, term, first, second, height));
  }
  return result;
}

}  // namespace meridian::models
