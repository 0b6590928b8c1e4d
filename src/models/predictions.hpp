#pragma once
// Predicted random effects (BLUPs) with their conditional covariance, level by level of the reduced table.
#include <Eigen/Core>
#include <cstddef>
#include <memory>

#include "models/criterion.hpp"

namespace meridian::models {

/// Effects of one level of a factor (width values) and their covariance given theta, sigma and beta, as lme4's condVar:
/// with crossed factors the level's block of the joint posterior.
struct LevelEffects {
  Eigen::VectorXd value;
  Eigen::MatrixXd covariance;
};

/// Reads the state of the criterion at the optimum; keep the criterion alive and unmoved.
class Predictions {
 public:
  Predictions(const Criterion& criterion, const ReducedTable& table);
  /// Level `level` of factor `factor` as the reduced table numbers them (of the pooled factor: the class, whose
  /// value is sqrt(count) times the mean effect of its members).
  LevelEffects level(std::size_t factor, Eigen::Index level) const;
  /// M = L (L'CL + I)^-1 L' for a level with own normal matrix C, all in the units of the original columns.
  Eigen::MatrixXd shrinkage(std::size_t factor, const Eigen::MatrixXd& gram) const;
  double variance() const { return variance_; }

 private:
  LevelEffects of_rest(std::size_t factor, Eigen::Index level) const;
  LevelEffects of_eliminated(Eigen::Index level) const;

  const Criterion& criterion_;
  const ReducedTable& table_;
  double variance_ = 0;
  std::unique_ptr<EffectCovariance> joint_;  ///< T A_uu^-1 T'
};

}  // namespace meridian::models
