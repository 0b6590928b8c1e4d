#include "simulation/model_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "random/stream.hpp"

namespace meridian::simulation {
namespace {

constexpr double refusal_spread =
    0.8;  ///< of the items' difficulty, on the logit scale (an assumption, data/simulation/README.md)

/// A condition: where its parameters stand and a number that names it whatever the options' order is.
struct Condition {
  std::string language, persona;  ///< of the parameters
  std::uint64_t number = 0;
};

/// Position among the known names, or behind them.
std::size_t numbered(const std::vector<std::string>& known, const std::vector<std::string>& asked,
                     const std::string& name) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  return known.size() + static_cast<std::size_t>(std::find(asked.begin(), asked.end(), name) - asked.begin());
}

Condition condition_of(const Parameters& parameters, const StudyOptions& options, std::size_t language,
                       std::size_t persona) {
  const std::string &l = options.languages[language], &p = options.personas[persona];
  const std::size_t l_number = numbered(parameters.languages, options.languages, l);
  const std::size_t p_number = numbered(parameters.personas, options.personas, p);
  return {l_number < parameters.languages.size() ? l : "English", p_number < parameters.personas.size() ? p : "none",
          l_number << 16 | p_number};
}

/// Normal deviations over the items without any part along the constant and the nations' means, so that the leanings
/// alone decide which nation a model is nearer to (they are regression residuals in the study, which have no such part
/// either).
std::vector<double> deviations(random::Stream stream, const SurveyParameters& survey, double sd) {
  const std::size_t n = survey.items().size();
  std::vector<double> result(n);
  for (double& value : result) value = sd * stream.normal();
  std::vector<std::vector<double>> basis = {std::vector<double>(n, 1.0)};
  for (const auto& nation : survey.nations) basis.push_back(nation.item_means());
  const auto dot = [n](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
    return sum;
  };
  const auto remove = [n, &dot](std::vector<double>& from, const std::vector<double>& direction) {
    const double amount = dot(from, direction) / dot(direction, direction);
    for (std::size_t i = 0; i < n; ++i) from[i] -= amount * direction[i];
  };
  for (std::size_t k = 0; k < basis.size(); ++k) {  // Gram-Schmidt
    for (std::size_t j = 0; j < k; ++j) remove(basis[k], basis[j]);
    remove(result, basis[k]);
  }
  return result;
}

/// Mean answers aimed at under one condition, per item.
std::vector<double> targets(const SurveyParameters& survey, const ConditionParameters& leaning,
                            const std::string& language) {
  std::vector<double> result = survey.common_deviation.at(language);
  for (double& value : result) value += leaning.level;
  for (std::size_t nation = 0; nation < survey.nations.size(); ++nation) {
    const std::vector<double> means = survey.nations[nation].item_means();
    for (std::size_t item = 0; item < result.size(); ++item) result[item] += leaning.lean[nation] * means[item];
  }
  return result;
}

bool always_refused(const SurveyParameters& survey, const std::string& model, const Condition& at,
                    const std::string& item) {
  for (const std::string& language : {at.language, std::string("any")})
    for (const std::string& persona : {at.persona, std::string("any")})
      if (survey.refused.count({{model, language, persona}, item})) return true;
  return false;
}

/// Some items are touchier than others, for every model alike.
double item_refusal_rate(const SurveyParameters& survey, std::uint64_t seed, std::size_t item, double rate) {
  if (rate <= 0 || rate >= 1) return rate;
  const double shift = refusal_spread * random::Stream(seed, "touchiness " + survey.name, item).normal();
  return 1 / (1 + std::exp(-(std::log(rate / (1 - rate)) + shift)));
}

struct CellParameters {
  double target = 0, spread = 0, refusal_rate = 0;
  int highest = 5;
};

void draw_cell(random::Stream stream, const CellParameters& cell, ModelTrials& trials, std::size_t at) {
  const bool may_be_empty = cell.refusal_rate >= 1;
  const std::uint32_t asked_again = stream.below(static_cast<std::uint32_t>(trials.iterations));
  bool answered = false;
  const auto answer = [&] {
    const long value = std::lround(cell.target + cell.spread * stream.normal());
    return static_cast<std::int8_t>(std::clamp<long>(value, 1, cell.highest));
  };
  for (std::size_t k = at; k < at + trials.iterations; ++k) {
    const std::int8_t value = answer();
    trials.answers[k] = stream.uniform() < cell.refusal_rate ? std::int8_t{0} : value;
    trials.wording[k] = static_cast<std::uint8_t>(stream.bits32() >> 24);
    answered = answered || trials.answers[k] != 0;
  }
  if (!answered && !may_be_empty) trials.answers[at + asked_again] = answer();
}

}  // namespace

std::vector<SimulatedModel> simulated_models(const Parameters& parameters, std::int64_t model_count) {
  std::vector<SimulatedModel> models;
  for (std::int64_t index = 0; index < model_count; ++index) {
    const auto known = static_cast<std::int64_t>(parameters.models.size());
    const ModelDescription& source = parameters.models[static_cast<std::size_t>(index % known)];
    SimulatedModel model{source, source.name, index};
    if (index >= known) {
      model.description.name = fmt::format("synthetic-{:03}", index + 1);
      model.description.display_name = fmt::format("Synthetic {}", index + 1);
    }
    models.push_back(model);
  }
  return models;
}

ModelTrials draw_trials(const Parameters& parameters, const SurveyParameters& survey, const SimulatedModel& model,
                        const StudyOptions& options) {
  ModelTrials trials{options.languages.size(),
                     options.personas.size(),
                     survey.items().size(),
                     static_cast<std::size_t>(options.iterations),
                     {},
                     {}};
  trials.answers.resize(trials.languages * trials.personas * trials.items * trials.iterations);
  trials.wording.resize(trials.answers.size());
  const SpreadParameters& spread = survey.spreads.at(model.parameters_of);
  const auto key = static_cast<std::uint64_t>(model.index) << 32;
  const auto own = deviations({options.seed, survey.name + " model", key}, survey, spread.deviation);
  for (std::size_t l = 0; l < trials.languages; ++l)
    for (std::size_t p = 0; p < trials.personas; ++p) {
      const Condition at = condition_of(parameters, options, l, p);
      const ConditionParameters& leaning = survey.conditions.at({model.parameters_of, at.language, at.persona});
      const auto target = targets(survey, leaning, at.language);
      const auto shift =
          deviations({options.seed, survey.name + " condition", key | at.number}, survey, spread.condition);
      for (std::size_t item = 0; item < trials.items; ++item) {
        const bool never = always_refused(survey, model.parameters_of, at, survey.items()[item]);
        const double rate = never ? 1 : item_refusal_rate(survey, options.seed, item, leaning.refusal_rate);
        draw_cell({options.seed, survey.name + " trials " + survey.items()[item], key | at.number},
                  {target[item] + own[item] + shift[item], spread.iteration, rate, survey.highest()}, trials,
                  trials.cell(l, p, item));
      }
    }
  return trials;
}

}  // namespace meridian::simulation
