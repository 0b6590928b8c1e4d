#include "models/profile_intervals.hpp"

#include <cmath>

#include "models/held_linear.hpp"
#include "models/refit.hpp"

namespace meridian::models {

using Eigen::Index;

namespace {

class LinearProfile : public ProfiledFit {
 public:
  /// `refitter`: of the data, by maximum likelihood.
  LinearProfile(const ModelData& data, const Refitter& refitter)
      : ProfiledFit(data.design, refitter.full(), refitter.structure(), refitter.start()),
        data_(data),
        refitter_(refitter) {}

  std::unique_ptr<HeldParameter> hold_coefficient(Index column) const override {
    return held_coefficient(data_, refitter_, column);
  }
  std::unique_ptr<HeldParameter> hold_deviation(const OrderedTerm& term) const override {
    return held_deviation(ordered(term), term.block, {term.theta, fit().sigma});
  }
  std::unique_ptr<HeldParameter> hold_correlation(const OrderedTerm& term) const override {
    return held_correlation(ordered(term), term.block, {term.theta, fit().sigma});
  }

 private:
  ModelData ordered(const OrderedTerm& term) const { return with_columns_in_order(data_, term.block.term, term.order); }

  const ModelData& data_;
  const Refitter& refitter_;
};

/// On the logarithmic scale, where it has no bound.
ParameterInterval sigma_interval(const ProfiledFit& profiled, const ModelData& data, double height) {
  ParameterInterval interval;
  interval.kind = ParameterInterval::Kind::sigma;
  interval.estimate = profiled.fit().sigma;
  const auto held = held_log_sigma(data, {profiled.start(), interval.estimate});
  const auto search = [&](double step) {
    ProfileLimit limit = profile_limit(profiled, *held, std::log(interval.estimate), {step}, height);
    limit.value = std::exp(limit.value);
    return limit;
  };
  interval.low = search(-0.1);
  interval.high = search(0.1);
  return interval;
}

}  // namespace

std::vector<ParameterInterval> profile_intervals(const ModelData& data, double confidence) {
  const Refitter refitter(data.design, data.pooled, data.classes, Method::ml);
  const LinearProfile profiled(data, refitter);
  const double height = profile_height(confidence);
  std::vector<ParameterInterval> result = profile_terms(profiled, height);
  result.push_back(sigma_interval(profiled, data, height));
  return result;
}

}  // namespace meridian::models
