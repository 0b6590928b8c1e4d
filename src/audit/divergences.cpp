#include "audit/divergences.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace meridian::audit {
namespace {

using Shares = std::vector<double>;

/// False if the weights are no distribution.
bool normalise(Shares& weights) {
  double sum = 0;
  for (double weight : weights) {
    if (!(weight >= 0)) return false;
    sum += weight;
  }
  if (!(sum > 0) || !std::isfinite(sum)) return false;
  for (double& weight : weights) weight /= sum;
  return true;
}

double kullback_leibler(const Shares& p, const Shares& q) {
  double sum = 0;
  for (std::size_t j = 0; j < p.size(); ++j) {
    if (p[j] > 0) sum += q[j] > 0 ? p[j] * std::log(p[j] / q[j]) : std::numeric_limits<double>::infinity();
  }
  return std::max(sum, 0.0);
}

double jensen_shannon(const Shares& p, const Shares& q) {
  Shares middle(p.size());
  for (std::size_t j = 0; j < p.size(); ++j) middle[j] = (p[j] + q[j]) / 2;
  return (kullback_leibler(p, middle) + kullback_leibler(q, middle)) / 2;
}

double sum_of_gaps(const Shares& p, const Shares& q) {
  double sum = 0;
  for (std::size_t j = 0; j < p.size(); ++j) sum += std::abs(p[j] - q[j]);
  return sum;
}

double ordinal_distance(const Shares& p, const Shares& q) {
  double ahead = 0, sum = 0;
  for (std::size_t j = 0; j + 1 < p.size(); ++j) {
    ahead += p[j] - q[j];
    sum += std::abs(ahead);
  }
  return sum;
}

double vector_distance(Shares p, Shares q) {
  std::sort(p.begin(), p.end());
  std::sort(q.begin(), q.end());
  return sum_of_gaps(p, q) / static_cast<double>(p.size());
}

}  // namespace

Divergences divergences(const std::vector<double>& p, const std::vector<double>& q) {
  if (p.size() != q.size()) throw std::invalid_argument("distributions over different numbers of options");
  Shares first = p, second = q;
  if (!normalise(first) || !normalise(second)) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan, nan, nan, nan, nan, nan, nan, nan, nan};
  }
  const double jsd = jensen_shannon(first, second);
  const double distance = std::sqrt(jsd), distance2 = std::sqrt(jsd / std::log(2.0));
  const double ordinal = ordinal_distance(first, second);
  const double steps = first.size() > 1 ? static_cast<double>(first.size() - 1) : 1;
  return {kullback_leibler(first, second),
          jsd,
          distance,
          distance2,
          1 - distance,
          1 - distance2,
          ordinal,
          ordinal / steps,
          vector_distance(first, second),
          sum_of_gaps(first, second) / 2};
}

}  // namespace meridian::audit
