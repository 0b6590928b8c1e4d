#include "inference/rank_sum.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "inference/ranks.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> pooled(const std::vector<double>& first, const std::vector<double>& second) {
  std::vector<double> values = first;
  values.insert(values.end(), second.begin(), second.end());
  return values;
}

/// ways[n][s]: subsets of n of the doubled midranks with sum s (Streitberg & Roehmel 1986). Doubled, they are whole
/// numbers; counts beyond 2^53 are rounded, which keeps some 15 digits of a share.
std::vector<std::vector<double>> subset_counts(const std::vector<std::size_t>& doubled, std::size_t take) {
  std::size_t total = 0;
  std::vector<std::vector<double>> ways(take + 1, std::vector<double>(1, 0.0));
  for (const std::size_t rank : doubled) total += rank;
  for (auto& row : ways) row.assign(total + 1, 0.0);
  ways[0][0] = 1;
  std::size_t reached = 0;
  for (const std::size_t rank : doubled) {
    reached += rank;
    for (std::size_t n = take; n > 0; --n)
      for (std::size_t s = reached; s + 1 > rank; --s) ways[n][s] += ways[n - 1][s - rank];
  }
  return ways;
}

double exact_p(const std::vector<double>& ranks, std::size_t n1) {
  if (ranks.size() > kExactLimit) return nan;
  std::vector<std::size_t> doubled;
  std::size_t observed = 0, total = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    doubled.push_back(static_cast<std::size_t>(std::lround(2 * ranks[i])));
    total += doubled.back();
    if (i < n1) observed += doubled.back();
  }
  // Twice the distance from the mean n1 * total / N, times N, in whole numbers.
  const auto distance = [&](std::size_t sum) {
    const double here = static_cast<double>(sum * ranks.size()), mean = static_cast<double>(n1 * total);
    return std::abs(here - mean);
  };
  const std::vector<double> ways = std::move(subset_counts(doubled, n1).back());
  double beyond = 0, all = 0;
  for (std::size_t sum = 0; sum < ways.size(); ++sum) {
    all += ways[sum];
    if (distance(sum) >= distance(observed)) beyond += ways[sum];
  }
  return beyond / all;
}

void add_normal_approximation(RankSum& test, double n1, double n2, double ties) {
  const double n = n1 + n2;
  const double sigma = std::sqrt(n1 * n2 / 12 * ((n + 1) - ties / (n * (n - 1))));
  const double distance = test.u_first - n1 * n2 / 2;
  const double corrected = std::max(0.0, std::abs(distance) - 0.5);
  test.z = sigma > 0 && corrected > 0 ? std::copysign(corrected / sigma, distance) : 0;
  const boost::math::normal standard;
  test.p_value = std::min(1.0, 2 * boost::math::cdf(boost::math::complement(standard, std::abs(test.z))));
}

}  // namespace

RankSum rank_sum(const std::vector<double>& first, const std::vector<double>& second) {
  const std::vector<double> ranks = midranks(pooled(first, second));
  if (first.empty() || second.empty() || std::isnan(ranks.front())) return {nan, nan, nan, nan, nan, nan, nan};
  const double n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size());
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) sum += ranks[i];
  RankSum test;
  test.u_first = sum - n1 * (n1 + 1) / 2;
  test.u_second = n1 * n2 - test.u_first;
  add_normal_approximation(test, n1, n2, tie_sum(ranks));
  test.p_exact = exact_p(ranks, first.size());
  test.rank_biserial = 1 - 2 * test.u_first / (n1 * n2);
  test.cliffs_delta = -test.rank_biserial;
  return test;
}

}  // namespace meridian::inference
