#pragma once
// How good a partition is, and how far it agrees with given labels. Labels are 0, 1, ...
#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace meridian::ranking {

using Labels = std::vector<std::size_t>;

/// Silhouette of every unit (Rousseeuw 1987); 0 for the only member of a cluster, NaN with a single cluster.
std::vector<double> silhouettes(const Labels& clusters, const Eigen::MatrixXd& distances);

/// Share of units whose label is the commonest of their cluster.
double purity(const Labels& clusters, const Labels& labels);

/// Hubert & Arabie (1985): 1 when the partitions agree, 0 on average when they have nothing to do with each other. 1
/// when both are the same trivial partition.
double adjusted_rand_index(const Labels& first, const Labels& second);

}  // namespace meridian::ranking
