#include "opinions/world_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meridian::opinions {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEqual = 1e-12;

double total(const WeightedValues& values) {
  double sum = 0;
  for (const auto& [value, weight] : values) sum += weight;
  return sum;
}

}  // namespace

WeightedValues on_unit_scale(const WeightedValues& answers, Scale scale, OutOfRange rule) {
  WeightedValues unit;
  for (const auto& [value, weight] : answers) {
    const bool outside = value < scale.low || value > scale.high;
    if (outside && rule == OutOfRange::drop) continue;
    const double x = rule == OutOfRange::clip ? std::clamp(value, scale.low, scale.high) : value;
    unit[(x - scale.low) / (scale.high - scale.low)] += weight;
  }
  return unit;
}

double weight_outside(const WeightedValues& answers, Scale scale) {
  double outside = 0;
  for (const auto& [value, weight] : answers) outside += value < scale.low || value > scale.high ? weight : 0;
  return outside;
}

double wasserstein(const WeightedValues& first, const WeightedValues& second) {
  const double first_total = total(first), second_total = total(second);
  if (!(first_total > 0) || !(second_total > 0)) return kNaN;
  double distance = 0, gap = 0, last = 0;  // gap: F - G since `last`
  auto f = first.begin();
  auto g = second.begin();
  while (f != first.end() || g != second.end()) {
    const bool from_first = g == second.end() || (f != first.end() && f->first <= g->first);
    const double value = from_first ? f->first : g->first;
    distance += std::abs(gap) * (value - last);
    gap += from_first ? f->second / first_total : -g->second / second_total;
    last = value;
    ++(from_first ? f : g);
  }
  return distance;
}

WeightedValues uniform_answers(Scale scale) {
  WeightedValues codes;
  for (double code = scale.low; code <= scale.high; ++code) codes[code] = 1;
  return on_unit_scale(codes, scale, OutOfRange::keep);
}

WeightedValues majority_answer(const WeightedValues& people) {
  if (people.empty()) return {};
  const auto mode =
      std::max_element(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return {{mode->first, 1.0}};
}

const std::vector<double>& thresholds() {
  static const std::vector<double> all{0, .05, .10, .15, .20, .25, .30, .35, .40};
  return all;
}

WithinShare share_within(const std::vector<double>& distances, const std::vector<double>& weights, double threshold) {
  double all = 0;
  WithinShare share;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    if (std::isnan(distances[i])) continue;
    all += weights[i];
    share.below += distances[i] < threshold - kEqual ? weights[i] : 0;
    share.at_most += distances[i] <= threshold + kEqual ? weights[i] : 0;
  }
  return {share.below / all, share.at_most / all};
}

double mean_distance(const std::vector<double>& distances, const std::vector<double>& weights) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    if (std::isnan(distances[i])) continue;
    sum += weights[i] * distances[i];
    all += weights[i];
  }
  return sum / all;
}

}  // namespace meridian::opinions
