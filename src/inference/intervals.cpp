#include "inference/intervals.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace meridian::inference {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double normal_quantile(double probability) { return boost::math::quantile(boost::math::normal(), probability); }
double normal_share(double value) { return boost::math::cdf(boost::math::normal(), value); }

double to_scale(double value, Scale scale) {
  if (scale == Scale::log) return value > 0 ? std::log(value) : kNone;
  if (scale == Scale::fisher_z) return std::abs(value) < 1 ? std::atanh(value) : kNone;
  return value;
}

double from_scale(double value, Scale scale) {
  if (scale == Scale::log) return std::exp(value);
  return scale == Scale::fisher_z ? std::tanh(value) : value;
}

/// Derivative of the scale: standard errors there by the delta method.
double slope(double value, Scale scale) {
  if (scale == Scale::log) return 1 / value;
  return scale == Scale::fisher_z ? 1 / (1 - value * value) : 1;
}

double tail(double confidence) { return (1 - confidence) / 2; }

}  // namespace

double replicate_quantile(const std::vector<double>& sorted, double alpha) {
  if (sorted.empty() || !(alpha > 0 && alpha < 1)) return kNone;
  const auto n = static_cast<double>(sorted.size());
  const double rank = std::floor((n + 1) * alpha + 1e-9 * (n + 1) * alpha);  // 0.025 * 1000 may be 24.999...
  if (rank < 1) return sorted.front();
  if (rank >= n) return sorted.back();
  const auto below = static_cast<std::size_t>(rank) - 1;
  const double from = normal_quantile(rank / (n + 1)), to = normal_quantile((rank + 1) / (n + 1));
  const double share = std::max(0.0, (normal_quantile(alpha) - from) / (to - from));
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

Interval percentile_interval(const std::vector<double>& sorted, double confidence) {
  return {replicate_quantile(sorted, tail(confidence)), replicate_quantile(sorted, 1 - tail(confidence))};
}

Interval basic_interval(double estimate, const std::vector<double>& sorted, Scale scale, double confidence) {
  const Interval plain = percentile_interval(sorted, confidence);
  const double centre = to_scale(estimate, scale);
  return {from_scale(2 * centre - to_scale(plain.high, scale), scale),
          from_scale(2 * centre - to_scale(plain.low, scale), scale)};
}

Interval studentized_interval(double estimate, double error, const std::vector<double>& replicates,
                              const std::vector<double>& errors, Scale scale, double confidence) {
  const double centre = to_scale(estimate, scale), spread = error * slope(estimate, scale);
  std::vector<double> pivots;
  for (std::size_t i = 0; i < replicates.size(); ++i) {
    const double pivot = (to_scale(replicates[i], scale) - centre) / (errors[i] * slope(replicates[i], scale));
    if (errors[i] > 0 && std::isfinite(pivot)) pivots.push_back(pivot);
  }
  std::sort(pivots.begin(), pivots.end());
  return {from_scale(centre - spread * replicate_quantile(pivots, 1 - tail(confidence)), scale),
          from_scale(centre - spread * replicate_quantile(pivots, tail(confidence)), scale)};
}

double acceleration(const JackknifeStrata& strata) {
  double cubes = 0, squares = 0;
  for (const std::vector<double>& stratum : strata) {
    const auto n = static_cast<double>(stratum.size());
    double mean = 0;
    for (const double value : stratum) mean += value / n;
    for (const double value : stratum) {
      const double influence = (n - 1) * (mean - value) / n;
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

Interval bca_interval(double estimate, const std::vector<double>& sorted, double acceleration, double confidence) {
  const auto below = std::lower_bound(sorted.begin(), sorted.end(), estimate) - sorted.begin();
  if (below == 0 || static_cast<std::size_t>(below) == sorted.size()) return {kNone, kNone};
  const double bias = normal_quantile(static_cast<double>(below) / static_cast<double>(sorted.size()));
  const auto end = [&](double alpha) {
    const double shifted = bias + normal_quantile(alpha);
    return replicate_quantile(sorted, normal_share(bias + shifted / (1 - acceleration * shifted)));
  };
  return {end(tail(confidence)), end(1 - tail(confidence))};
}

JackknifeSummary jackknife_summary(double estimate, const std::vector<double>& left_out, double confidence) {
  const double none = std::nan("");
  if (left_out.size() < 2) return {none, none, {none, none}};
  const auto parts = static_cast<double>(left_out.size());
  const double mean = std::accumulate(left_out.begin(), left_out.end(), 0.0) / parts;
  double squares = 0;
  for (const double value : left_out) squares += (value - mean) * (value - mean);
  const double error = std::sqrt((parts - 1) / parts * squares);
  const double t = boost::math::quantile(boost::math::students_t(parts - 1), (1 + confidence) / 2);
  return {(parts - 1) * (mean - estimate), error, {estimate - t * error, estimate + t * error}};
}

}  // namespace meridian::inference
