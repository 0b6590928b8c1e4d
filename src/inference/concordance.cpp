#include "inference/concordance.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <limits>

#include "inference/ranks.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using Rows = std::vector<std::vector<double>>;

Rows ranked(const Rows& rankings) {
  Rows rows;
  for (const auto& ranking : rankings) rows.push_back(midranks(ranking));
  return rows;
}

/// Squared distances of the items' rank sums from their mean: the only part of W that re-ordering changes.
double spread(const Rows& ranks) {
  const double m = static_cast<double>(ranks.size()), k = static_cast<double>(ranks.front().size());
  double sum = 0;
  for (std::size_t item = 0; item < ranks.front().size(); ++item) {
    double total = 0;
    for (const auto& row : ranks) total += row[item];
    sum += (total - m * (k + 1) / 2) * (total - m * (k + 1) / 2);
  }
  return sum;
}

/// Twelve times the largest spread; like the spread itself exact in binary, so that perfect agreement is exactly 1.
double largest_spread_12(const Rows& ranks) {
  const double m = static_cast<double>(ranks.size()), k = static_cast<double>(ranks.front().size());
  double ties = 0;
  for (const auto& row : ranks) ties += tie_sum(row);
  return m * m * (k * k * k - k) - m * ties;
}

bool has_concordance(const Rows& rankings) { return rankings.size() >= 2 && rankings.front().size() >= 2; }

}  // namespace

Concordance concordance(const Rows& rankings) {
  const Concordance none{nan, nan, nan, nan, nan, nan, nan, nan, nan};
  if (!has_concordance(rankings)) return none;
  const Rows ranks = ranked(rankings);
  const double largest = largest_spread_12(ranks);
  if (!(largest > 0)) return none;
  const double m = static_cast<double>(ranks.size()), k = static_cast<double>(ranks.front().size());
  Concordance result;
  result.w = 12 * spread(ranks) / largest;
  result.df = k - 1;
  result.chi_square = m * (k - 1) * result.w;
  result.p_chi_square =
      boost::math::cdf(boost::math::complement(boost::math::chi_squared(result.df), result.chi_square));
  result.df1 = k - 1 - 2 / m;
  result.df2 = (m - 1) * result.df1;
  const bool perfect = !(result.w < 1);
  result.f = perfect ? std::numeric_limits<double>::infinity() : (m - 1) * result.w / (1 - result.w);
  result.p_f = nan;
  if (result.df1 > 0)
    result.p_f =
        perfect ? 0
                : boost::math::cdf(boost::math::complement(boost::math::fisher_f(result.df1, result.df2), result.f));
  result.mean_spearman = (m * result.w - 1) / (m - 1);
  return result;
}

Reorderings::Reorderings(const Rows& rankings) : observed_(nan) {
  if (!has_concordance(rankings)) return;
  ranks_ = ranked(rankings);
  // Sums of halves: equal spreads are equal up to rounding of their distance from the mean.
  if (largest_spread_12(ranks_) > 0) observed_ = spread(ranks_) * (1 - 1e-12);
}

double Reorderings::reaches(random::Stream& stream) const {
  if (std::isnan(observed_)) return nan;
  Rows ranks = ranks_;
  for (std::size_t row = 1; row < ranks.size(); ++row) stream.shuffle(ranks[row]);
  return spread(ranks) >= observed_ ? 1 : 0;
}

}  // namespace meridian::inference
