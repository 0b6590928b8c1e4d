#pragma once
// DEF's scores of every model and survey, with replicates over questions within their types. docs/statistics.md,
// "Opinions".
#include <Eigen/Core>
#include <array>
#include <cstdint>

#include "opinions/opinion_counts.hpp"
#include "opinions/variation_map.hpp"

namespace meridian::opinions {

struct DefOptions {
  OpinionOptions opinions;
  InfinityRule infinite = InfinityRule::dmax_plus_1;
  double alpha = 0.5;
  std::vector<std::string> not_on_map;  ///< questions left out of the map
  std::size_t diversity_questions = 0;  ///< 0: distinct texts are not counted
};

/// People (npos) or a model in a survey: a point of the map.
struct Rater {
  std::size_t model = 0, survey = 0;
  static constexpr std::size_t people = static_cast<std::size_t>(-1);
};

/// Mean codes by type, and where they lie in the plane. Types without a mean for people in some survey take no part,
/// nor do raters without a mean in one of the others.
struct CulturalMap {
  std::vector<Rater> raters;
  std::vector<std::size_t> types;  ///< the columns
  Eigen::MatrixXd scores;          ///< raters x types
  PrincipalPlane plane;
  double distance(std::size_t first, std::size_t second) const;
  /// Index of a rater, or raters.size().
  std::size_t find(std::size_t model, std::size_t survey) const;
};

/// What else is said of a model in a survey.
enum class Shape : std::uint8_t {
  below_half,  ///< share of the questions whose divergence is below .5
  deviation,   ///< mean over questions of the standard deviation of the model's shares over the codes
  distance     ///< on the map, to the people of the survey
};
inline constexpr std::array<Shape, 3> kShapes{Shape::below_half, Shape::deviation, Shape::distance};

/// Distance between a rater's points in two surveys.
struct SurveyPair {
  std::size_t model = 0, first = 0, second = 0;  ///< model Rater::people: people's own distance
};

class DefScores {
 public:
  DefScores(const OpinionCounts& counts, const DefOptions& options);

  /// By question; NaN where the survey does not ask it or the rule leaves it out.
  const PreferenceDivergence& divergence(std::size_t model, std::size_t survey) const {
    return divergence_[model * surveys_ + survey];
  }
  /// Means of the divergences per type.
  std::vector<double> by_type(std::size_t model, std::size_t survey, const std::vector<double>& weights) const;
  CulturalMap map(const std::vector<double>& weights) const;
  /// Every pair of surveys, of people first, then of each model.
  const std::vector<SurveyPair>& pairs() const { return pairs_; }

  /// For each model and survey the overall divergence, that of each type and each shape, then the distance of each
  /// pair.
  Eigen::VectorXd values(const std::vector<double>& weights) const;
  Eigen::Index overall_place(std::size_t model, std::size_t survey) const;
  Eigen::Index type_place(std::size_t model, std::size_t survey, std::size_t type) const;
  Eigen::Index shape_place(std::size_t model, std::size_t survey, Shape shape) const;
  Eigen::Index pair_place(std::size_t pair) const;

 private:
  void measure(const OpinionCounts& counts, const DefOptions& options);
  std::size_t models_, surveys_, types_;
  std::vector<std::size_t> type_;                 // per question
  std::vector<PreferenceDivergence> divergence_;  // models x surveys
  std::vector<std::vector<double>> deviation_;    // models x surveys, by question
  std::vector<Rater> raters_;
  std::vector<std::vector<double>> mean_codes_;  // raters x questions, NaN: not asked or not on the map
  std::vector<SurveyPair> pairs_;
};

/// Replicates x values: questions drawn with replacement within their types. Collective.
Eigen::MatrixXd def_replicates(const DefScores& scores, const QuestionTypes& types, const audit::Settings& settings,
                               const audit::Team& team);

}  // namespace meridian::opinions
