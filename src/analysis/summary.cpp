#include "analysis/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace meridian::analysis {
namespace {

using findings::Kind;

const models::Coefficient* effect_of(const models::Fit& fit, const std::string& term) {
  const auto effect = std::find_if(fit.coefficients.begin(), fit.coefficients.end(),
                                   [&](const models::Coefficient& c) { return c.term == term; });
  return effect == fit.coefficients.end() ? nullptr : &*effect;
}

/// ".012", "< .001"; with the sign between.
std::string p_words(double p) {
  return p < 0.001 ? "p < .001" : "p = " + fmt::format("{:.3f}", p).substr(p < 1 ? 1 : 0);
}

/// Levels of a variable of the models or their prompts in code-point order: the first has the higher code.
std::set<std::string> levels_of(const panel::Panel& panel, const Layout& layout, const std::string& variable) {
  std::set<std::string> levels;
  for (const Cell& cell : layout.cells.front()) {
    const panel::Condition& condition = panel.conditions[cell.condition];
    levels.insert(variable == "origin"     ? panel.models[cell.model].origin
                  : variable == "language" ? condition.language
                                           : condition.persona);
  }
  return levels;
}

/// What the units of a group say, where the model takes their rows as independent.
std::string unit_words(const Adequacy& adequacy, const std::string& term) {
  for (const EffectAdequacy& effect : adequacy.effects)
    if (effect.term == term && effect.doubtful())
      return fmt::format("; but with the {} {} as units {}", effect.units, effect.group == "llm" ? "models" : "people",
                         p_words(effect.by_unit.p_value));
  return "";
}

}  // namespace

std::string study_sentence(const Study& study) {
  if (study.layouts.empty()) return fmt::format("{} language models.", study.panel.models.size());
  const Layout& layout = study.layouts.front();
  std::vector<std::size_t> counts(layout.nations.size(), 0);
  for (std::size_t person = layout.people.first; person < layout.people.first + layout.people.count; ++person)
    ++counts[static_cast<std::size_t>(study.panel.people.nation[person])];
  std::vector<std::string> nations;
  for (std::size_t n = 0; n < counts.size(); ++n)
    nations.push_back(fmt::format("{} of {}", counts[n], layout.nations[n]));
  return fmt::format(
      "Compared are the answers of {} people ({}) and {} language models to {} questions ({}). Similarity is the "
      "cosine of a person's answers with a model's, each as deviations from their mean.",
      layout.people.count, fmt::join(nations, ", "), layout.models.size(), study.panel.items(), study.job.survey);
}

std::string nation_sentence(const AnalysisJob& job, const Layout& layout, const models::Fit& fit) {
  const models::Coefficient* effect = effect_of(fit, "nation");
  if (effect == nullptr) return "";
  return fmt::format(
      "{}: the models' answers are {:.3f} {} similar to those of people of {} than to those of people of {} (cosine; "
      "standard error {:.3f}, 95 % limits {:.3f} to {:.3f}, {}).",
      job.title, std::abs(effect->estimate), effect->estimate < 0 ? "less" : "more", layout.nations[0],
      layout.nations[1], effect->std_error, effect->conf_low, effect->conf_high, p_words(effect->p_value));
}

std::string model_effects_sentence(const panel::Panel& panel, const Layout& layout, const AnalysisFits& fits) {
  std::vector<std::string> effects;
  for (const char* variable : {"origin", "language", "persona"}) {
    const models::Coefficient* effect = effect_of(fits.mixed->fit(), variable);
    const std::set<std::string> levels = levels_of(panel, layout, variable);
    if (effect == nullptr || levels.size() != 2) continue;
    effects.push_back(fmt::format("{} ({} less {}) {:+.3f} ({:.3f} to {:.3f}, {}{})", variable, *levels.begin(),
                                  *levels.rbegin(), effect->estimate, effect->conf_low, effect->conf_high,
                                  p_words(effect->p_value), unit_words(*fits.adequacy, variable)));
  }
  if (effects.empty()) return "";
  return fmt::format(" Over all people it changes with the models' {}.", fmt::join(effects, ", "));
}

std::string removal_sentence(const AnalysisFits& fits) {
  const std::string prefix = "nation:removed";
  const models::Coefficient* most = nullptr;
  for (const models::Coefficient& c : fits.mixed->fit().coefficients)
    if (c.term.rfind(prefix, 0) == 0 && (most == nullptr || std::abs(c.estimate) > std::abs(most->estimate))) most = &c;
  const models::Coefficient* gap = effect_of(fits.mixed->fit(), "nation");
  if (most == nullptr || gap == nullptr) return "";
  return fmt::format(
      " Leaving out {} changes this gap most, by {:+.3f} to {:.3f} (95 % limits of the change {:.3f} to "
      "{:.3f}, {}{}).",
      most->term.substr(prefix.size()), most->estimate, gap->estimate + most->estimate, most->conf_low, most->conf_high,
      p_words(most->p_value), unit_words(*fits.adequacy, most->term));
}

findings::Table gaps_table() {
  findings::Table table{
      "gaps",
      "The gap between the nations in every analysis",
      "Effect of the people's nation on the cosine in the mixed model of each analysis: below 0 the models are less "
      "similar to the first nation's people. A row that names another analysis is its twin: the same question with "
      "repaired data or other random effects.",
      {{"analysis", Kind::text, ""}, {"title", Kind::text, ""}, {"compared_with", Kind::text, ""}},
      {}};
  for (const char* name : {"estimate", "std_error", "conf_low", "conf_high"})
    table.columns.push_back({name, Kind::real, "cosine"});
  table.columns.push_back({"p_value", Kind::real, ""});
  return table;
}

void add_gap(const AnalysisJob& job, const models::Fit& fit, findings::Table& table) {
  const models::Coefficient& effect = *effect_of(fit, "nation");
  table.add({job.name, job.title, job.compare_with.empty() ? findings::Cell{} : findings::Cell{job.compare_with},
             effect.estimate, effect.std_error, effect.conf_low, effect.conf_high, effect.p_value});
}

}  // namespace meridian::analysis
