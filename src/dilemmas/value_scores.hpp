#pragma once
// Preference scores of values by step, and how steady their ranks are (Wu et al. 2025). docs/statistics.md, "Dilemmas
// in steps".
#include <Eigen/Core>
#include <vector>

#include "dilemmas/contests.hpp"

namespace meridian::dilemmas {

/// wins / appearances - 1/2 of every value, in [-1/2, 1/2]; NaN for a value without an appearance. Weighted by
/// appearances the scores sum to 0, because every contest has one winner.
Eigen::VectorXd scores(const Eigen::MatrixXd& wins);
/// How often each value was one of the two.
Eigen::VectorXd appearances(const Eigen::MatrixXd& wins);

struct StepProfile {
  Eigen::MatrixXd scores;      ///< steps x values
  Eigen::VectorXd pooled;      ///< values: over all steps
  Eigen::MatrixXd ranks;       ///< steps x values: 1 is the highest score, ties share the mean; NaN without a score
  Eigen::VectorXd volatility;  ///< values: mean |change of rank| from step to step
  double mean_volatility = 0;  ///< mean over steps of the mean over values
  double mean_spearman = 0;    ///< of consecutive steps, over the values that both have
  double kendall_w = 0;        ///< of all steps, corrected for ties, over the values that all of them have
};
StepProfile step_profile(const WinMatrices& wins);

/// Do models that score a value high in one step do so in the next? Spearman's rho over models of consecutive steps:
/// (steps - 1) x values; NaN with fewer than three models.
Eigen::MatrixXd stability_over_models(const std::vector<StepProfile>& profiles);

}  // namespace meridian::dilemmas
