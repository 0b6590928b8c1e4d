#include "analysis/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::analysis {
namespace {

using findings::Kind;

const models::Coefficient* nation_effect(const models::Fit& fit) {
  const auto effect = std::find_if(fit.coefficients.begin(), fit.coefficients.end(),
                                   [](const models::Coefficient& c) { return c.term == "nation"; });
  return effect == fit.coefficients.end() ? nullptr : &*effect;
}

/// ".012", "< .001"; with the sign between.
std::string p_words(double p) {
  return p < 0.001 ? "p < .001" : "p = " + fmt::format("{:.3f}", p).substr(p < 1 ? 1 : 0);
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
  const models::Coefficient* effect = nation_effect(fit);
  if (effect == nullptr) return "";
  return fmt::format(
      "{}: the models' answers are {:.3f} {} similar to those of people of {} than to those of people of {} (cosine; "
      "standard error {:.3f}, 95 % limits {:.3f} to {:.3f}, {}).",
      job.title, std::abs(effect->estimate), effect->estimate < 0 ? "less" : "more", layout.nations[0],
      layout.nations[1], effect->std_error, effect->conf_low, effect->conf_high, p_words(effect->p_value));
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
  const models::Coefficient& effect = *nation_effect(fit);
  table.add({job.name, job.title, job.compare_with.empty() ? findings::Cell{} : findings::Cell{job.compare_with},
             effect.estimate, effect.std_error, effect.conf_low, effect.conf_high, effect.p_value});
}

}  // namespace meridian::analysis
