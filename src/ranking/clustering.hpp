#pragma once
// Agglomerative clustering by the recurrence of Lance & Williams (1967), in the order of R's hclust: of equally close
// pairs the one with the smallest indices is joined first, so heights and partitions are R's also with ties.
#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace meridian::ranking {

enum class Linkage { single, complete, average, weighted, ward };  ///< weighted: McQuitty; ward: R's ward.D2

/// Node numbers: 0 .. n-1 are the leaves, n + s is what step s joined.
struct Merge {
  std::size_t left = 0, right = 0;  ///< leaves before nodes, otherwise the smaller number first
  double height = 0;
  std::size_t size = 0;
};

/// n - 1 merges of n leaves; `distances` symmetric, finite. Memory n^2, time n^2 in practice (nearest neighbours are
/// kept). Throws Error(bug) for a distance that is not finite.
std::vector<Merge> cluster(Eigen::MatrixXd distances, Linkage linkage);

/// The leaves from top to bottom of the dendrogram, left subtree first.
std::vector<std::size_t> leaf_order(const std::vector<Merge>& tree);

/// Cluster of each leaf when the tree is cut into `count` parts (1 to n), numbered from 0 in order of first appearance.
std::vector<std::size_t> cut(const std::vector<Merge>& tree, std::size_t count);

/// Leaves of every node, by step.
std::vector<std::vector<std::size_t>> members(const std::vector<Merge>& tree);

/// Pearson's correlation of the distances with the heights at which pairs are joined (Sokal & Rohlf 1962).
double cophenetic_correlation(const std::vector<Merge>& tree, const Eigen::MatrixXd& distances);

}  // namespace meridian::ranking
