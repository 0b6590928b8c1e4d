#include "opinions/def_study.hpp"

#include <cmath>
#include <limits>

#include "audit/replicate_limits.hpp"

namespace meridian::opinions {
namespace {

/// People's pair of the same two surveys.
std::size_t people_pair(const std::vector<SurveyPair>& pairs, const SurveyPair& pair) {
  std::size_t i = 0;
  while (!(pairs[i].model == Rater::people && pairs[i].first == pair.first && pairs[i].second == pair.second)) ++i;
  return i;
}

}  // namespace

const std::string& DefStudy::rater_name(std::size_t model) const {
  static const std::string people = "people";
  return model == Rater::people ? people : counts.models[model];
}

std::int64_t questions_with_divergence(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type) {
  std::int64_t count = 0;
  const auto& values = study.scores.divergence(model, survey).values;
  for (std::size_t q = 0; q < values.size(); ++q)
    count += !std::isnan(values[q]) && (type == QuestionTypes::npos || study.counts.types.type[q] == type) ? 1 : 0;
  return count;
}

ShapeEstimate shape_of(const DefStudy& study, std::size_t model, std::size_t survey, Shape shape) {
  const Eigen::Index place = study.scores.shape_place(model, survey, shape);
  const inference::Interval limits = audit::replicate_limits(study.replicates.col(place), study.confidence);
  return {study.values[place], limits.low, limits.high};
}

inference::Interval type_limits(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (questions_with_divergence(study, model, survey, type) < 2) return {none, none};
  return audit::replicate_limits(study.replicates.col(study.scores.type_place(model, survey, type)), study.confidence);
}

Matches matches(const DefStudy& study, std::size_t model, std::size_t survey, std::size_t type) {
  Matches found;
  for (const std::size_t q : study.counts.asked(survey)) {
    if (type != QuestionTypes::npos && study.counts.types.type[q] != type) continue;
    const QuestionCharacter one =
        question_character(study.counts.model(model, survey, q), study.counts.human(survey, q), {}, BiasBasis::count);
    found.questions += one.exists ? 1 : 0;
    found.matches += one.exists && one.match ? 1 : 0;
  }
  return found;
}

std::vector<Preserved> preserved_distances(const DefStudy& study) {
  std::vector<Preserved> all;
  const auto& pairs = study.scores.pairs();
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const Eigen::Index own = study.scores.pair_place(p);
    const Eigen::Index people = study.scores.pair_place(people_pair(pairs, pairs[p]));
    const auto limits = audit::replicate_limits(study.replicates.col(own), study.confidence);
    Preserved one{pairs[p], study.values[own], limits.low, limits.high};
    one.ratio = one.ratio_low = one.ratio_high = std::numeric_limits<double>::quiet_NaN();
    if (pairs[p].model != Rater::people) {
      const auto ratios = audit::replicate_limits(
          (study.replicates.col(own).array() / study.replicates.col(people).array()).matrix(), study.confidence);
      one.ratio = study.values[own] / study.values[people];
      one.ratio_low = ratios.low;
      one.ratio_high = ratios.high;
    }
    all.push_back(one);
  }
  return all;
}

}  // namespace meridian::opinions
