// What readers see of the design's adequacy: table, note, lines on the terminal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/adequacy.hpp"

namespace meridian::analysis {
namespace {

findings::Cell number(double value) { return std::isnan(value) ? findings::Cell{} : findings::Cell{value}; }

findings::Table adequacy_table(const Adequacy& adequacy) {
  using findings::Kind;
  findings::Table table;
  table.name = "adequacy";
  table.title = "Design adequacy: effects within units";
  table.caption = fmt::format(
      "Per unit of the group (a model, a person, any level of a grouping factor) the least-squares coefficient of the "
      "effect in the unit's own rows; t test and exact sign-flip p of their mean over units. Ratio: standard error by "
      "unit over that of the mixed model; above {} the model counts as independent what comes from one unit. Remedy: "
      "the random term with a slope of the effect. Effects that do not vary within the group's units have no row.",
      kAdequateRatio);
  table.columns = {
      {"term", Kind::text, ""}, {"group", Kind::text, ""}, {"slope", Kind::text, ""}, {"units", Kind::integer, ""}};
  for (const char* name : {"estimate", "std_error", "statistic", "df", "p_value", "sign_flip_p", "model_std_error",
                           "model_p_value", "ratio"})
    table.columns.push_back({name, Kind::real, ""});
  table.columns.push_back({"remedy", Kind::text, ""});
  for (const EffectAdequacy& effect : adequacy.effects) {
    const inference::OneSample& test = effect.by_unit;
    table.add({effect.term, effect.group, effect.slope ? "yes" : "no", static_cast<std::int64_t>(effect.units),
               number(test.estimate), number(test.std_error), number(test.statistic), number(test.df),
               number(test.p_value), number(effect.sign_flip_p), number(effect.model_error), number(effect.model_p),
               number(effect.ratio), effect.remedy});
  }
  return table;
}

/// Worst first; equal ratios in the order of the table.
std::vector<EffectAdequacy> doubtful_effects(const Adequacy& adequacy) {
  std::vector<EffectAdequacy> effects;
  for (const EffectAdequacy& effect : adequacy.effects)
    if (effect.doubtful()) effects.push_back(effect);
  std::stable_sort(effects.begin(), effects.end(),
                   [](const EffectAdequacy& a, const EffectAdequacy& b) { return a.ratio > b.ratio; });
  return effects;
}

std::string described(const EffectAdequacy& effect) {
  const std::string sign_flip =
      std::isnan(effect.sign_flip_p) ? "" : fmt::format(", sign-flip p = {:.2g}", effect.sign_flip_p);
  return fmt::format("{} by {} {:.1f} times (t = {:.2f} over {} units{}; model p = {:.2g})", effect.term, effect.group,
                     effect.ratio, effect.by_unit.statistic, effect.units, sign_flip, effect.model_p);
}

std::string remedy_sentence(const Adequacy& adequacy) {
  if (adequacy.remedies.empty())
    return "The slopes are in the model already: judge these effects by the unit-level tests";
  return fmt::format("Add slopes: {}", fmt::join(adequacy.remedies, " and "));
}

/// The worst three of the effects.
std::string summary(const std::vector<EffectAdequacy>& doubtful, std::size_t all) {
  constexpr std::size_t shown = 3;
  std::vector<std::string> worst;
  for (std::size_t i = 0; i < std::min(shown, doubtful.size()); ++i) worst.push_back(described(doubtful[i]));
  return fmt::format("for {} of {} effects within units the standard error by unit exceeds {} times the model's{}: {}",
                     doubtful.size(), all, kAdequateRatio, doubtful.size() > shown ? ", most" : "",
                     fmt::join(worst, ", "));
}

}  // namespace

void add_adequacy(const Adequacy& adequacy, const std::string& analysis, findings::Section& section) {
  section.tables.push_back(adequacy_table(adequacy));
  const std::vector<EffectAdequacy> doubtful = doubtful_effects(adequacy);
  if (doubtful.empty()) return;
  std::string text = summary(doubtful, adequacy.effects.size());
  text.front() = 'F';
  section.notes.push_back({findings::Severity::caution, "design of " + analysis,
                           text + ". The model's p-values count rows of one unit as independent.",
                           remedy_sentence(adequacy) + "."});
}

std::vector<std::string> adequacy_lines(const Adequacy& adequacy, const std::string& analysis,
                                        const std::string& file) {
  const std::vector<EffectAdequacy> doubtful = doubtful_effects(adequacy);
  if (doubtful.empty()) return {};
  return {fmt::format("{}: {}", analysis, summary(doubtful, adequacy.effects.size())),
          fmt::format("{}: {}; all effects: {}", analysis, remedy_sentence(adequacy), file)};
}

}  // namespace meridian::analysis
