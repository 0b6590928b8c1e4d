#include "inference/signed_rank.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "inference/ranks.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Shares of sign patterns by the doubled rank sum: halved at each step, so that 2^n never overflows.
double exact_p(const std::vector<double>& ranks, double v) {
  if (ranks.size() > kSignedRankLimit) return nan;
  std::size_t total = 0;
  for (const double rank : ranks) total += static_cast<std::size_t>(std::lround(2 * rank));
  std::vector<double> share(total + 1, 0.0);
  share[0] = 1;
  std::size_t reached = 0;
  for (const double rank : ranks) {
    const std::size_t step = static_cast<std::size_t>(std::lround(2 * rank));
    reached += step;
    for (std::size_t s = reached + 1; s-- > 0;) share[s] = 0.5 * (share[s] + (s >= step ? share[s - step] : 0.0));
  }
  const double centre = 0.5 * static_cast<double>(total), distance = std::abs(std::round(2 * v) - centre);
  double beyond = 0;
  for (std::size_t s = 0; s <= total; ++s)
    if (std::abs(static_cast<double>(s) - centre) >= distance) beyond += share[s];
  return std::min(1.0, beyond);
}

void add_normal_approximation(SignedRank& test, double ties) {
  const double n = static_cast<double>(test.n);
  const double sigma = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
  const double distance = test.v - n * (n + 1) / 4;
  const double corrected = std::max(0.0, std::abs(distance) - 0.5);
  test.z = corrected > 0 ? std::copysign(corrected / sigma, distance) : 0;
  const boost::math::normal standard;
  test.p_value = std::min(1.0, 2 * boost::math::cdf(boost::math::complement(standard, std::abs(test.z))));
}

}  // namespace

SignedRank signed_rank(const std::vector<double>& differences) {
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences)
    if (difference != 0) {
      sizes.push_back(std::abs(difference));
      positive.push_back(difference > 0);
    }
  SignedRank test{sizes.size(), differences.size() - sizes.size(), nan, nan, nan, nan, nan};
  const std::vector<double> ranks = midranks(sizes);
  if (sizes.empty() || std::isnan(ranks.front())) return test;
  test.v = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) test.v += positive[i] ? ranks[i] : 0;
  const double n = static_cast<double>(test.n);
  add_normal_approximation(test, tie_sum(sizes));
  test.p_exact = exact_p(ranks, test.v);
  test.rank_biserial = 4 * test.v / (n * (n + 1)) - 1;
  return test;
}

}  // namespace meridian::inference
