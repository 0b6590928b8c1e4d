#include "audit/trend.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "inference/permutation.hpp"
#include "inference/ranks.hpp"
#include "random/stream.hpp"

namespace meridian::audit {
namespace {

using Members = std::vector<std::vector<std::size_t>>;  // per stratum: its points

Members members_of(const std::vector<TrendPoint>& points) {
  Members members;
  for (std::size_t i = 0; i < points.size(); ++i) {
    members.resize(std::max(members.size(), points[i].stratum + 1));
    members[points[i].stratum].push_back(i);
  }
  return members;
}

/// Midranks within strata, centred there.
std::vector<double> centred_ranks(const std::vector<TrendPoint>& points, const Members& members,
                                  double TrendPoint::*side) {
  std::vector<double> ranks(points.size());
  for (const auto& stratum : members) {
    std::vector<double> values;
    for (const std::size_t i : stratum) values.push_back(points[i].*side);
    const std::vector<double> own = inference::midranks(values);
    const double middle = (static_cast<double>(stratum.size()) + 1) / 2;
    for (std::size_t k = 0; k < stratum.size(); ++k) ranks[stratum[k]] = own[k] - middle;
  }
  return ranks;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double xx = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
  const double yy = std::inner_product(y.begin(), y.end(), y.begin(), 0.0);
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0) / std::sqrt(xx * yy);
}

/// How many orders there are, or `limit` + 1 if more.
std::uint64_t orders(const Members& members, std::uint64_t limit) {
  std::uint64_t count = 1;
  for (const auto& stratum : members)
    for (std::uint64_t k = 2; k <= stratum.size(); ++k) {
      count *= k;
      if (count > limit) return limit + 1;
    }
  return count;
}

/// The order with a given number: digits of the factorial number system choose who comes next.
std::vector<double> enumerated(const std::vector<double>& y, const Members& members, std::uint64_t number) {
  std::vector<double> ordered = y;
  for (const auto& stratum : members) {
    std::vector<std::size_t> left = stratum;
    for (std::size_t k = 0; k < stratum.size(); ++k) {
      const auto choice = static_cast<std::ptrdiff_t>(number % left.size());
      number /= left.size();
      ordered[stratum[k]] = y[left[static_cast<std::size_t>(choice)]];
      left.erase(left.begin() + choice);
    }
  }
  return ordered;
}

std::vector<double> drawn(const std::vector<double>& y, const Members& members, std::uint64_t seed,
                          std::uint64_t number) {
  random::Stream stream(seed, "trend of models", number);
  std::vector<double> ordered = y;
  for (const auto& stratum : members) {
    std::vector<std::size_t> shuffled = stratum;
    stream.shuffle(shuffled);
    for (std::size_t k = 0; k < stratum.size(); ++k) ordered[stratum[k]] = y[shuffled[k]];
  }
  return ordered;
}

void add_interval(std::size_t points, double confidence, Comparison& found) {
  found.low = found.high = std::numeric_limits<double>::quiet_NaN();
  if (points < 5 || !(std::abs(found.estimate) < 1)) return;
  const double error = std::sqrt((1 + found.estimate * found.estimate / 2) / (static_cast<double>(points) - 3));
  const double reach = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2) * error;
  found.low = std::tanh(std::atanh(found.estimate) - reach);
  found.high = std::tanh(std::atanh(found.estimate) + reach);
}

}  // namespace

Comparison trend(const std::vector<TrendPoint>& points, const Settings& settings) {
  const Members members = members_of(points);
  const auto x = centred_ranks(points, members, &TrendPoint::x), y = centred_ranks(points, members, &TrendPoint::y);
  const std::uint64_t possible = orders(members, settings.permutations);
  Comparison found;
  found.all = possible <= settings.permutations;
  const std::uint64_t count = found.all ? possible : settings.permutations;
  Eigen::VectorXd permuted(static_cast<Eigen::Index>(count));
  for (std::uint64_t number = 0; number < count; ++number)
    permuted[static_cast<Eigen::Index>(number)] =
        correlation(x, found.all ? enumerated(y, members, number) : drawn(y, members, settings.seed, number));
  found.estimate = correlation(x, y);
  found.permutations = static_cast<std::int64_t>(count);
  found.p_value = inference::permutation_p(found.estimate, permuted,
                                           found.all ? inference::Permuted::all : inference::Permuted::sampled)
                      .p;
  add_interval(members.size() == 1 ? points.size() : 0, settings.confidence, found);
  return found;
}

}  // namespace meridian::audit
