#include "ranking/partition.hpp"

#include <algorithm>
#include <limits>

namespace meridian::ranking {
namespace {

std::size_t parts(const Labels& labels) { return *std::max_element(labels.begin(), labels.end()) + 1; }

Eigen::MatrixXd cross_table(const Labels& first, const Labels& second) {
  Eigen::MatrixXd counts =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(parts(first)), static_cast<Eigen::Index>(parts(second)));
  for (std::size_t i = 0; i < first.size(); ++i)
    counts(static_cast<Eigen::Index>(first[i]), static_cast<Eigen::Index>(second[i])) += 1;
  return counts;
}

/// Pairs within the parts of these sizes.
template <class Sizes>
double pairs(const Sizes& sizes) {
  return (sizes.array() * (sizes.array() - 1)).sum() / 2;
}

double silhouette(std::size_t unit, const Labels& clusters, const Eigen::MatrixXd& distances) {
  std::vector<double> sum(parts(clusters), 0), count(sum.size(), 0);
  for (std::size_t j = 0; j < clusters.size(); ++j)
    if (j != unit) {
      sum[clusters[j]] += distances(static_cast<Eigen::Index>(unit), static_cast<Eigen::Index>(j));
      count[clusters[j]] += 1;
    }
  const std::size_t own = clusters[unit];
  if (count[own] == 0) return 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < sum.size(); ++c)
    if (c != own) nearest = std::min(nearest, sum[c] / count[c]);
  const double within = sum[own] / count[own], larger = std::max(within, nearest);
  return larger > 0 ? (nearest - within) / larger : 0;
}

}  // namespace

std::vector<double> silhouettes(const Labels& clusters, const Eigen::MatrixXd& distances) {
  std::vector<double> values(clusters.size(), std::numeric_limits<double>::quiet_NaN());
  if (clusters.empty() || parts(clusters) < 2) return values;
  for (std::size_t i = 0; i < clusters.size(); ++i) values[i] = silhouette(i, clusters, distances);
  return values;
}

double purity(const Labels& clusters, const Labels& labels) {
  return cross_table(clusters, labels).rowwise().maxCoeff().sum() / static_cast<double>(clusters.size());
}

double adjusted_rand_index(const Labels& first, const Labels& second) {
  const Eigen::MatrixXd table = cross_table(first, second);
  const double n = static_cast<double>(first.size()), all = n * (n - 1) / 2;
  const double rows = pairs(table.rowwise().sum()), columns = pairs(table.colwise().sum());
  const double expected = rows * columns / all, largest = (rows + columns) / 2;
  return largest == expected ? 1 : (pairs(table) - expected) / (largest - expected);
}

}  // namespace meridian::ranking
