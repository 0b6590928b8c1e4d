#pragma once
// Sufficient statistics of people who met the same cells: count, mean and scatter of their response vectors.
#include <Eigen/Core>

namespace meridian::models {

/// Rows are added or merged in a fixed order, so the numbers depend on that order only, never on who computed them.
/// The scatter is held about the class mean: raw sums of squares would lose the digits that the mean takes up.
struct ClassMoments {
  double count = 0;
  Eigen::VectorXd mean;     ///< cells
  Eigen::MatrixXd scatter;  ///< cells x cells, sum of (y - mean)(y - mean)'; may be empty while count <= 1

  ClassMoments() = default;
  explicit ClassMoments(Eigen::Index cells);

  /// One person (Welford's update).
  void add(const Eigen::Ref<const Eigen::VectorXd>& response);
  /// Many people, one per row, in blocks of fixed size merged in order.
  void add_block(const Eigen::Ref<const Eigen::MatrixXd>& responses);
  /// Pairwise update of Chan, Golub & LeVeque (1983), The American Statistician 37(3), eq. 1.5.
  void merge(const ClassMoments& other);
};

}  // namespace meridian::models
