#pragma once
// Named statistics of a replicate, in groups that are computed together.
#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "inference/intervals.hpp"
#include "models/fit.hpp"
#include "uncertainty/resampled.hpp"

namespace meridian::uncertainty {

struct Statistic {
  std::string quantity;                              ///< "fixed effect", "variance", "cell mean", ...
  std::string name;                                  ///< "nation:origin", "llm (Intercept)"
  inference::Scale scale = inference::Scale::plain;  ///< on which studentized intervals are made
  std::string error;  ///< name of the statistic of this group that is its standard error; empty: none
  /// "fixed effect: nation:origin": the name on the axis of the replicates.
  std::string label() const { return quantity + ": " + name; }
};

/// What a statistic may read. `fit` is null where the model could not be fitted; `people` and `columns` hold the
/// weights (people is empty where whole statistics were drawn, not people).
struct Replicate {
  const Resampled& data;
  const models::Fit* fit = nullptr;
  Eigen::VectorXd people, columns;
  /// Directions of the models where these were drawn too: per nation, items x models (iterations.hpp); else null.
  const std::vector<Eigen::MatrixXd>* directions = nullptr;
  const Eigen::VectorXd* variance_errors = nullptr;  ///< of the fit's variance components; null or empty: unknown
};

struct StatisticGroup {
  std::vector<Statistic> statistics;
  /// One value per statistic; NaN where it does not exist in this replicate.
  std::function<Eigen::VectorXd(const Replicate&)> evaluate;
};

}  // namespace meridian::uncertainty
