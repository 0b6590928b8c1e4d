#include "opinions/preference_divergence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "audit/divergences.hpp"

namespace meridian::opinions {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double total(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

Counts raised(Counts counts, double alpha) {
  for (double& count : counts) count += alpha;
  return counts;
}

}  // namespace

PreferenceDivergence preference_divergence(const std::vector<Counts>& model, const std::vector<Counts>& human,
                                           InfinityRule rule, double alpha) {
  PreferenceDivergence found;
  double largest = kNone;
  for (std::size_t q = 0; q < model.size(); ++q) {
    const double value = audit::divergences(model[q], human[q]).kl;
    if (std::isnan(value)) ++found.empty;
    if (std::isinf(value)) ++found.infinite;
    if (std::isfinite(value)) largest = std::fmax(largest, value);
    const bool smooth = rule == InfinityRule::smooth && !std::isnan(value);
    found.values.push_back(smooth ? audit::divergences(raised(model[q], alpha), raised(human[q], alpha)).kl : value);
  }
  for (double& value : found.values) {
    if (std::isfinite(value) || rule == InfinityRule::smooth) continue;
    value = rule == InfinityRule::dmax_plus_1 ? largest + 1 : kNone;
    if (!std::isnan(value)) ++found.replaced;
  }
  return found;
}

double share_deviation(const Counts& counts) {
  const double sum = total(counts), mean = 1 / static_cast<double>(counts.size());
  if (!(sum > 0)) return kNone;
  double squares = 0;
  for (const double count : counts) squares += (count / sum - mean) * (count / sum - mean);
  return std::sqrt(squares * mean);
}

std::vector<double> type_means(const std::vector<double>& values, const std::vector<std::size_t>& type,
                               std::size_t types, const std::vector<double>& weights) {
  std::vector<double> sum(types, 0.0), weight(types, 0.0);
  for (std::size_t q = 0; q < values.size(); ++q) {
    if (std::isnan(values[q])) continue;
    sum[type[q]] += weights[q] * values[q];
    weight[type[q]] += weights[q];
  }
  for (std::size_t t = 0; t < types; ++t) sum[t] = weight[t] > 0 ? sum[t] / weight[t] : kNone;
  return sum;
}

double mean_of_present(const std::vector<double>& values) {
  double sum = 0, count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / count : kNone;
}

std::size_t top_code(const Counts& counts) {
  const auto top = std::max_element(counts.begin(), counts.end() - 1);
  return *top > 0 ? static_cast<std::size_t>(top - counts.begin()) : kNoCode;
}

double mean_code(const Counts& counts) {
  const double all = total(counts);
  double sum = 0;
  for (std::size_t c = 0; c + 1 < counts.size(); ++c) sum += static_cast<double>(c) * counts[c];
  return all > 0 ? sum / all : kNone;
}

}  // namespace meridian::opinions
