#pragma once
// Studies of known truth: people of two nations meet models of two origins, every cosine drawn by itself.
#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "uncertainty/bootstrap.hpp"

namespace calibration {

/// cosine ~ nation*origin + (nation + 1 | llm) + (origin + 1 | participant), codes +-0.5; the size of RQ1's variances.
struct Truth {
  std::string name;
  int people = 60, models = 7;  ///< per nation, per origin
  double slope_sd = 0.06;       ///< of nation between models; 0: the fits are singular more often than not
  double correlation = 0.3;     ///< of intercept and slope between models
  Eigen::Vector4d beta = {0.2, -0.18, 0, 0};
};

/// One data set as the subject of a bootstrap, with what each scheme's interval is about.
struct Study {
  std::shared_ptr<meridian::uncertainty::Subject> subject;
  Eigen::Vector4d beta;                    ///< new people and new models
  Eigen::Vector4d these_models;            ///< what the estimate would be with all people there could be
  Eigen::Vector4d these_people;            ///< and with all models there could be
  Eigen::MatrixXd contrasts;               ///< models x [mean over people, difference of nations]
  Eigen::MatrixXd of_these_people;         ///< the same less what these people, as a sample, prefer in an origin
  std::vector<std::uint8_t> first_origin;  ///< per model
};

Study simulate(const Truth& truth, std::uint64_t seed, std::uint64_t index);

}  // namespace calibration
