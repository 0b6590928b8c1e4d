#pragma once
// Predicted random effects (BLUPs) with their conditional covariance, level by level of the reduced table.
#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "models/criterion.hpp"

namespace meridian::models {

/// Effects of one level of a factor (width values) and their covariance given theta, sigma and beta, as lme4's condVar:
/// with crossed factors the level's block of the joint posterior.
struct LevelEffects {
  Eigen::VectorXd value;
  Eigen::MatrixXd covariance;
};

/// Of all levels, from the state of the criterion at the optimum.
class Predictions {
 public:
  /// Of `table` the scales of the random columns are read.
  Predictions(const Criterion& criterion, const ReducedTable& table);
  /// Level `level` of factor `factor` as the reduced table numbers them (of the pooled factor: the class, whose
  /// value is sqrt(count) times the mean effect of its members).
  LevelEffects level(std::size_t factor, Eigen::Index level) const;
  /// M = L (L'CL + I)^-1 L' for a level with own normal matrix C, all in the units of the original columns.
  Eigen::MatrixXd shrinkage(std::size_t factor, const Eigen::MatrixXd& gram) const;
  double variance() const { return variance_; }

 private:
  /// One column per level: the effects, and their covariance column by column.
  struct FactorEffects {
    Eigen::MatrixXd value, covariance;
  };
  void take_rest(const Criterion& criterion, const EffectCovariance& joint, std::size_t factor, Eigen::Index levels);
  void take_eliminated(const Criterion& criterion, const EffectCovariance& joint);
  void store(std::size_t factor, Eigen::Index level, const LevelEffects& effects);

  std::vector<Eigen::MatrixXd> templates_;
  std::vector<Eigen::VectorXd> units_;
  double variance_ = 0;
  std::vector<FactorEffects> factors_;
};

}  // namespace meridian::models
