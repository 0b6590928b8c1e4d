#include "opinions/def_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/bootstrap.hpp"

namespace meridian::opinions {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The divergence of the questions that the survey asks, at their places among all questions.
PreferenceDivergence divergence_of(const OpinionCounts& counts, std::size_t model, std::size_t survey,
                                   const DefOptions& options) {
  const std::vector<std::size_t> asked = counts.asked(survey);
  std::vector<Counts> told, human;
  for (const std::size_t q : asked) {
    told.push_back(counts.model(model, survey, q));
    human.push_back(counts.human(survey, q));
  }
  PreferenceDivergence found = preference_divergence(told, human, options.infinite, options.alpha);
  std::vector<double> values(counts.questions(), kNone);
  for (std::size_t i = 0; i < asked.size(); ++i) values[asked[i]] = found.values[i];
  found.values = std::move(values);
  return found;
}

std::vector<double> deviation_of(const OpinionCounts& counts, std::size_t model, std::size_t survey) {
  std::vector<double> values(counts.questions(), kNone);
  for (const std::size_t q : counts.asked(survey)) values[q] = share_deviation(counts.model(model, survey, q));
  return values;
}

/// 1 where a value is below one half, 0 where it is not, NaN where there is none.
std::vector<double> below_half(std::vector<double> values) {
  for (double& value : values) value = std::isnan(value) ? kNone : value < 0.5 ? 1 : 0;
  return values;
}

double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  return type_means(values, std::vector<std::size_t>(values.size(), 0), 1, weights).front();
}

}  // namespace

double CulturalMap::distance(std::size_t first, std::size_t second) const {
  if (first >= raters.size() || second >= raters.size()) return kNone;
  return (plane.points.row(static_cast<Eigen::Index>(first)) - plane.points.row(static_cast<Eigen::Index>(second)))
      .norm();
}

std::size_t CulturalMap::find(std::size_t model, std::size_t survey) const {
  std::size_t i = 0;
  while (i < raters.size() && !(raters[i].model == model && raters[i].survey == survey)) ++i;
  return i;
}

DefScores::DefScores(const OpinionCounts& counts, const DefOptions& options)
    : models_(counts.models.size()),
      surveys_(counts.surveys.size()),
      types_(counts.types.types.size()),
      type_(counts.types.type) {
  for (std::size_t m = 0; m < models_; ++m)
    for (std::size_t s = 0; s < surveys_; ++s) {
      divergence_.push_back(divergence_of(counts, m, s, options));
      deviation_.push_back(deviation_of(counts, m, s));
    }
  measure(counts, options);
  for (std::size_t of = 0; of <= models_; ++of)
    for (std::size_t a = 0; a < surveys_; ++a)
      for (std::size_t b = a + 1; b < surveys_; ++b) pairs_.push_back({of == 0 ? Rater::people : of - 1, a, b});
}

void DefScores::measure(const OpinionCounts& counts, const DefOptions& options) {
  const auto hidden = [&](std::size_t q) {
    const auto& names = options.not_on_map;
    return std::find(names.begin(), names.end(), counts.types.questions[q]) != names.end();
  };
  for (std::size_t of = 0; of <= models_; ++of)
    for (std::size_t s = 0; s < surveys_; ++s) {
      raters_.push_back({of == 0 ? Rater::people : of - 1, s});
      std::vector<double> means(counts.questions(), kNone);
      for (std::size_t q = 0; q < means.size(); ++q)
        if (counts.asked(s, q) && !hidden(q))
          means[q] = mean_code(of == 0 ? counts.human(s, q) : counts.model(of - 1, s, q));
      mean_codes_.push_back(std::move(means));
    }
}

std::vector<double> DefScores::by_type(std::size_t model, std::size_t survey,
                                       const std::vector<double>& weights) const {
  return type_means(divergence(model, survey).values, type_, types_, weights);
}

CulturalMap DefScores::map(const std::vector<double>& weights) const {
  std::vector<std::vector<double>> means;
  for (const auto& codes : mean_codes_) means.push_back(type_means(codes, type_, types_, weights));
  CulturalMap map;
  for (std::size_t t = 0; t < types_; ++t)
    if (std::none_of(means.begin(), means.begin() + static_cast<std::ptrdiff_t>(surveys_),
                     [&](const auto& row) { return std::isnan(row[t]); }))
      map.types.push_back(t);
  std::vector<std::size_t> kept;
  for (std::size_t r = 0; r < means.size(); ++r)
    if (std::none_of(map.types.begin(), map.types.end(), [&](std::size_t t) { return std::isnan(means[r][t]); }))
      kept.push_back(r);
  if (map.types.empty()) return map;
  map.scores.resize(static_cast<Eigen::Index>(kept.size()), static_cast<Eigen::Index>(map.types.size()));
  for (std::size_t i = 0; i < kept.size(); ++i) {
    map.raters.push_back(raters_[kept[i]]);
    for (std::size_t t = 0; t < map.types.size(); ++t)
      map.scores(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(t)) = means[kept[i]][map.types[t]];
  }
  map.plane = principal_plane(map.scores);
  return map;
}

Eigen::VectorXd DefScores::values(const std::vector<double>& weights) const {
  Eigen::VectorXd all(pair_place(pairs_.size()));
  const CulturalMap drawn = map(weights);
  for (std::size_t m = 0; m < models_; ++m)
    for (std::size_t s = 0; s < surveys_; ++s) {
      const std::vector<double> means = by_type(m, s, weights);
      all[overall_place(m, s)] = mean_of_present(means);
      for (std::size_t t = 0; t < types_; ++t) all[type_place(m, s, t)] = means[t];
      all[shape_place(m, s, Shape::below_half)] = weighted_mean(below_half(divergence(m, s).values), weights);
      all[shape_place(m, s, Shape::deviation)] = weighted_mean(deviation_[m * surveys_ + s], weights);
      all[shape_place(m, s, Shape::distance)] = drawn.distance(drawn.find(m, s), drawn.find(Rater::people, s));
    }
  for (std::size_t p = 0; p < pairs_.size(); ++p)
    all[pair_place(p)] =
        drawn.distance(drawn.find(pairs_[p].model, pairs_[p].first), drawn.find(pairs_[p].model, pairs_[p].second));
  return all;
}

Eigen::Index DefScores::overall_place(std::size_t model, std::size_t survey) const {
  return static_cast<Eigen::Index>((model * surveys_ + survey) * (1 + types_ + kShapes.size()));
}

Eigen::Index DefScores::type_place(std::size_t model, std::size_t survey, std::size_t type) const {
  return overall_place(model, survey) + 1 + static_cast<Eigen::Index>(type);
}

Eigen::Index DefScores::shape_place(std::size_t model, std::size_t survey, Shape shape) const {
  return type_place(model, survey, types_) + static_cast<Eigen::Index>(shape);
}

Eigen::Index DefScores::pair_place(std::size_t pair) const {
  return overall_place(models_, 0) + static_cast<Eigen::Index>(pair);
}

Eigen::MatrixXd def_replicates(const DefScores& scores, const QuestionTypes& types, const audit::Settings& settings,
                               const audit::Team& team) {
  std::vector<std::int32_t> stratum;
  for (const std::size_t type : types.type) stratum.push_back(static_cast<std::int32_t>(type));
  const resampling::Strata strata = resampling::strata_of(stratum);
  const auto columns = static_cast<std::size_t>(scores.pair_place(scores.pairs().size()));
  return audit::bootstrap_replicates(team, settings, "questions of opinions", strata, columns,
                                     [&](const std::vector<double>& weights) { return scores.values(weights); });
}

}  // namespace meridian::opinions
