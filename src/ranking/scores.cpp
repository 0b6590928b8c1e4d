#include "ranking/scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "inference/two_sample.hpp"

namespace meridian::ranking {
namespace {

/// statistic(ranks of the dimension's terms) for every model and dimension.
template <class Statistic>
Rows by_dimension(const Catalog& catalog, const Rows& rows, const Statistic& statistic) {
  Rows result(rows.size());
  for (std::size_t d = 0; d < catalog.dimensions.size(); ++d) {
    const std::vector<std::size_t> terms = catalog.terms_of(d);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<double> ranks;
      for (const std::size_t term : terms) ranks.push_back(rows[i][term]);
      result[i].push_back(statistic(ranks));
    }
  }
  return result;
}

}  // namespace

Rows dimension_scores(const Catalog& catalog, const Rows& rows) {
  return by_dimension(catalog, rows, [](const std::vector<double>& ranks) { return inference::moments(ranks).mean; });
}

Rows dimension_spreads(const Catalog& catalog, const Rows& rows, int ddof) {
  return by_dimension(catalog, rows, [&](const std::vector<double>& ranks) {
    const double n = static_cast<double>(ranks.size());
    if (!(n > ddof) || n < 2) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(inference::moments(ranks).variance * (n - 1) / (n - ddof));
  });
}

std::vector<double> votes(const std::vector<double>& scores, std::size_t place, bool fractional) {
  std::vector<double> sorted = scores, result(scores.size(), 0.0);
  std::sort(sorted.begin(), sorted.end());
  if (place >= sorted.size()) return result;
  // Means of the same sum of ranks may differ by rounding.
  constexpr double rounding = 1e-9;
  const double wanted = sorted[place];
  const auto is_tied = [&](double score) { return std::abs(score - wanted) < rounding; };
  const auto tied = static_cast<double>(std::count_if(scores.begin(), scores.end(), is_tied));
  // Several places may belong to one tied group: each of them is shared alike, or goes to the next in order.
  auto turn =
      static_cast<std::ptrdiff_t>(place) - (std::find_if(sorted.begin(), sorted.end(), is_tied) - sorted.begin());
  for (std::size_t d = 0; d < scores.size(); ++d)
    if (is_tied(scores[d])) result[d] = fractional ? 1 / tied : (turn-- == 0 ? 1 : 0);
  return result;
}

std::vector<double> column(const Rows& rows, const std::vector<std::size_t>& models, std::size_t index) {
  std::vector<double> values;
  for (const std::size_t model : models) values.push_back(rows[model][index]);
  return values;
}

std::vector<std::size_t> first_terms(const Rows& rows, const std::vector<std::size_t>& models, std::size_t count) {
  std::vector<double> means(rows.front().size());
  for (std::size_t t = 0; t < means.size(); ++t) means[t] = inference::moments(column(rows, models, t)).mean;
  std::vector<std::size_t> order(means.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return means[a] < means[b]; });
  order.resize(std::min(count, order.size()));
  return order;
}

}  // namespace meridian::ranking
