#pragma once
// Everything that DEF's tables are made from.
#include "audit/layer.hpp"
#include "inference/intervals.hpp"
#include "opinions/def_scores.hpp"
#include "opinions/preference_bias.hpp"

namespace meridian::opinions {

struct DefStudy {
  OpinionCounts counts;
  DefOptions options;
  DefScores scores;
  CulturalMap map;
  Eigen::VectorXd values;      ///< DefScores::values
  Eigen::MatrixXd replicates;  ///< replicates x values
  double confidence = 0.95;

  std::vector<double> ones() const { return std::vector<double>(counts.questions(), 1.0); }
  const std::string& rater_name(std::size_t model) const;  ///< "people" for Rater::people
};

/// Percentile limits of a type's divergence; NaN where fewer than two questions leave nothing to draw.
inference::Interval type_limits(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type);
/// A shape with its percentile limits.
struct ShapeEstimate {
  double value = 0, low = 0, high = 0;
};
ShapeEstimate shape_of(const DefStudy& study, std::size_t model, std::size_t survey, Shape shape);
/// Questions with a divergence; type npos: of all types.
std::int64_t questions_with_divergence(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type);

/// Questions of a survey whose top code of the model is people's; type npos: of all types.
struct Matches {
  std::int64_t matches = 0, questions = 0;
};
Matches matches(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type);

/// How far a rater's two surveys lie apart, beside people's own distance.
struct Preserved {
  SurveyPair pair;
  double distance = 0, low = 0, high = 0;
  double ratio = 0, ratio_low = 0, ratio_high = 0;  ///< to people's distance; NaN for people
};
std::vector<Preserved> preserved_distances(const DefStudy& study);

}  // namespace meridian::opinions
