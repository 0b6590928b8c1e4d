#pragma once
// Welch's t between two groups of many units under many labellings at once: two products of matrices per batch.
#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace meridian::inference {

class LabelledWelch {
 public:
  /// units x columns each: what a unit contributes when it is labelled 1 and when it is labelled 0.
  LabelledWelch(const Eigen::MatrixXd& first, const Eigen::MatrixXd& second);
  /// One row per labelling: t of the units labelled 1 less the others. The bits of a row depend on how many labellings
  /// are asked for together.
  Eigen::MatrixXd statistics(const std::vector<std::vector<std::uint8_t>>& labellings) const;
  /// Mean of those labelled 1 less mean of the others, per column.
  Eigen::VectorXd difference(const std::vector<std::uint8_t>& labels) const;

 private:
  Eigen::RowVectorXd centre_;       ///< subtracted from both, so that squares lose nothing
  Eigen::MatrixXd first_, second_;  ///< units x [values | squares], centred
  Eigen::RowVectorXd second_sum_;   ///< over all units
};

}  // namespace meridian::inference
