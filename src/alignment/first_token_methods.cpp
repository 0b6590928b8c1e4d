#include "alignment/first_token_methods.hpp"

#include <algorithm>
#include <set>

#include "error.hpp"

namespace meridian::alignment {
namespace {

std::vector<bool> asked(const ModelScores& scores) {
  std::vector<bool> usable;
  for (const Scores& own : scores.plain) usable.push_back(!own.empty());
  return usable;
}

/// Each record's prediction replaced by that of another country for the same question.
Method exchanged(const HumanAnswers& humans, const ModelScores& scores, const Method& method, std::uint64_t seed) {
  Method control{method.model, method.name + " [ctrl]", {}};
  for (const std::size_t other : other_countries(humans, asked(scores), seed))
    control.predictions.push_back(other == HumanAnswers::npos ? std::vector<double>() : method.predictions[other]);
  return control;
}

Method from_scores(const std::string& model, const std::string& name, const std::vector<Scores>& scores) {
  Method method{model, name, {}};
  for (const Scores& own : scores) method.predictions.push_back(distribution_of(own));
  return method;
}

}  // namespace

Method zero_shot(const ModelScores& scores) { return from_scores(scores.model, "zero-shot", scores.plain); }

Method zero_shot_control(const HumanAnswers& humans, const ModelScores& scores, std::uint64_t seed) {
  if (!scores.control.empty()) return from_scores(scores.model, "zero-shot [ctrl]", scores.control);
  return exchanged(humans, scores, zero_shot(scores), seed);
}

Method calibrated_method(const HumanAnswers& humans, const ModelScores& scores, const Terms& terms,
                         const ModelCalibration& calibration) {
  Method method{scores.model, "calibrated", {}};
  for (std::size_t r = 0; r < humans.records.size(); ++r)
    method.predictions.push_back(
        scores.plain[r].empty()
            ? std::vector<double>()
            : distribution_of(calibrated(terms, calibration.fit.theta, humans.records[r].country, scores.plain[r])));
  return method;
}

Method calibrated_control(const HumanAnswers& humans, const ModelScores& scores, const Method& calibrated,
                          std::uint64_t seed) {
  return exchanged(humans, scores, calibrated, seed);
}

Method question_mean(const HumanAnswers& humans, const std::vector<std::size_t>& training) {
  std::set<std::size_t> countries;
  for (const std::size_t r : training) countries.insert(humans.records[r].country);
  std::vector<std::vector<double>> sums(humans.questions.size());
  for (std::size_t q = 0; q < sums.size(); ++q) sums[q].assign(humans.questions[q].options.size(), 0.0);
  std::vector<std::size_t> counts(humans.questions.size(), 0);
  const auto counted = [&](const HumanRecord& record) { return countries.count(record.country) > 0; };
  for (const HumanRecord& record : humans.records) {
    if (!counted(record)) continue;
    ++counts[record.question];
    for (std::size_t k = 0; k < record.shares.size(); ++k) sums[record.question][k] += record.shares[k];
  }
  Method method{"", "question mean", {}};
  for (const HumanRecord& record : humans.records) {
    const bool own = counted(record);
    std::vector<double> rest;
    for (std::size_t k = 0; counts[record.question] > (own ? 1U : 0U) && k < record.shares.size(); ++k)
      rest.push_back(std::max(0.0, sums[record.question][k] - (own ? record.shares[k] : 0)));
    method.predictions.push_back(rest);
  }
  return method;
}

Method uniform(const HumanAnswers& humans) {
  Method method{"", "uniform", {}};
  for (const HumanRecord& record : humans.records)
    method.predictions.emplace_back(record.shares.size(), 1 / static_cast<double>(record.shares.size()));
  return method;
}

Terms terms_for(const HumanAnswers& humans) {
  std::set<std::size_t> types;
  for (const HumanRecord& record : humans.records) types.insert(record.shares.size());
  return {{types.begin(), types.end()}, humans.countries.size()};
}

ModelCalibration calibrate_model(const HumanAnswers& humans, const ModelScores& scores, const Terms& terms,
                                 const std::vector<std::size_t>& training, const PathOptions& options,
                                 const audit::Team& team, const std::string& where) {
  TrainingSet set;
  for (const std::size_t r : training) {
    if (scores.plain[r].empty()) continue;
    set.examples.push_back({humans.records[r].country, &scores.plain[r], &humans.records[r].shares});
    set.questions.push_back(humans.records[r].question);
  }
  if (set.examples.empty())
    throw InputError(where, "no scores of '" + scores.model + "' for the training cells",
                     "scores for countries and questions with role train", "Give them, or leave out splits");
  ModelCalibration result{scores.model, cross_validate(terms, set, options, team), 0, {}, set.examples.size()};
  result.ridge = chosen_ridge(result.path);
  result.fit = calibrate(terms, set.examples, result.ridge);
  return result;
}

}  // namespace meridian::alignment
