#include "inference/brunner_munzel.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <limits>

#include "inference/ranks.hpp"
#include "inference/two_sample.hpp"

namespace meridian::inference {
namespace {

/// Placements: rank among all less rank within the sample. Their mean and variance are all the test needs.
Moments placements(const std::vector<double>& among_all, std::size_t from, const std::vector<double>& sample) {
  const std::vector<double> within = midranks(sample);
  std::vector<double> values;
  for (std::size_t i = 0; i < sample.size(); ++i) values.push_back(among_all[from + i] - within[i]);
  return moments(values);
}

}  // namespace

BrunnerMunzel brunner_munzel(const std::vector<double>& first, const std::vector<double>& second) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  BrunnerMunzel test{nan, nan, nan, nan, ""};
  std::vector<double> all = first;
  all.insert(all.end(), second.begin(), second.end());
  const std::vector<double> ranks = midranks(all);
  test.undefined = "a sample is empty or not a number";
  if (first.empty() || second.empty() || std::isnan(ranks.front())) return test;
  const Moments x = placements(ranks, 0, first), y = placements(ranks, first.size(), second);
  const double n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size());
  test.effect = y.mean / n1;
  test.undefined = "a sample has fewer than two values";
  if (first.size() < 2 || second.size() < 2) return test;
  const double spread_1 = n1 * x.variance, spread_2 = n2 * y.variance, spread = spread_1 + spread_2;
  test.undefined = "the samples do not overlap, or all values are equal";
  if (!(spread > 0)) return test;
  test.undefined.clear();
  // Mean ranks differ by the mean placements and the mean ranks within, (n + 1) / 2 each.
  const double difference = y.mean - x.mean + (n2 - n1) / 2;
  test.statistic = n1 * n2 * difference / ((n1 + n2) * std::sqrt(spread));
  test.df = spread * spread / (spread_1 * spread_1 / (n1 - 1) + spread_2 * spread_2 / (n2 - 1));
  const boost::math::students_t distribution(test.df);
  test.p_value = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(test.statistic)));
  return test;
}

}  // namespace meridian::inference
