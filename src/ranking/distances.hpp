#pragma once
// How far models' rankings are from each other, with every term counted as often as a weight says: all ones for the
// data, multiplicities for a bootstrap sample of terms.
#include <Eigen/Core>
#include <string>
#include <vector>

namespace meridian::ranking {

enum class Metric { euclidean, spearman, kendall, footrule };

/// Models x terms.
using Rows = std::vector<std::vector<double>>;

/// Rows with everything about them that does not depend on the weights.
class DistanceMaker {
 public:
  DistanceMaker(const Rows& rows, Metric metric);

  /// models x models, symmetric, zero diagonal: Euclidean, 1 - Spearman, 1 - tau-b, or sum of absolute differences. NaN
  /// where a correlation does not exist (a row constant over the terms that count). Weights are whole numbers.
  Eigen::MatrixXd distances(const std::vector<double>& weights) const;

 private:
  Eigen::MatrixXd spearman(const std::vector<double>& weights) const;
  double pair(std::size_t i, std::size_t j, const std::vector<double>& weights) const;
  const Rows& rows_;
  Metric metric_;
  std::vector<std::vector<std::size_t>> order_;  ///< per model: its terms by rank
};

/// Spearman's rho of all pairs (diagonal 1); Kendall's tau-b likewise. Empty rows give NaN.
Eigen::MatrixXd spearman_matrix(const Rows& rows);
Eigen::MatrixXd kendall_matrix(const Rows& rows);

}  // namespace meridian::ranking
