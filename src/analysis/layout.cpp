#include "analysis/layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "error.hpp"
#include "panel/variants.hpp"

namespace meridian::analysis {
namespace {

std::string where(const Job& job, const AnalysisJob& analysis, const std::string& key) {
  return fmt::format("{}, [{}] {}", job.file.string(), analysis.name, key);
}

const panel::PeopleSet& find_people(const panel::Panel& panel, const Job& job, const AnalysisJob& analysis) {
  for (const panel::PeopleSet& set : panel.people_sets)
    if (set.name == analysis.participant_id) return set;
  throw InputError(where(job, analysis, "participant_id"), "'" + analysis.participant_id + "'",
                   "a way of telling people apart that was read", "Use column or blocks:N.");
}

std::vector<std::size_t> condition_indices(const panel::Panel& panel, const AnalysisJob& analysis) {
  std::set<std::string> languages;
  for (const panel::Condition& condition : panel.conditions)
    if (condition.source == analysis.models) languages.insert(condition.language);
  std::vector<std::size_t> indices;
  for (const panel::Condition& wanted : conditions_of(analysis, {languages.begin(), languages.end()})) {
    const auto found = std::find(panel.conditions.begin(), panel.conditions.end(), wanted);
    if (found != panel.conditions.end()) indices.push_back(static_cast<std::size_t>(found - panel.conditions.begin()));
  }
  return indices;
}

std::string language_of(const Job& job, const AnalysisJob& analysis, const std::string& nation) {
  for (const auto& [name, language] : job.own_language)
    if (name == nation) return language;
  throw InputError(where(job, analysis, "pairing"), fmt::format("people of nation '{}'", nation),
                   "a language for every nation", fmt::format("Add {}:LANGUAGE to own_language in [study].", nation));
}

/// First condition and variant in which the model has no cosine ("Chinese/none/condition without 178"), or "".
std::string lacking(const panel::Panel& panel, const std::vector<std::size_t>& conditions,
                    const std::vector<std::size_t>& variants, std::size_t model) {
  for (const std::size_t condition : conditions)
    for (const std::size_t variant : variants)
      if (std::isnan(panel.centre[(variant * panel.conditions.size() + condition) * panel.models.size() + model]))
        return panel.conditions[condition].label() + (variant ? " without " + panel.variants[variant].name : "");
  return "";
}

void choose_models(const panel::Panel& panel, const Job& job, const AnalysisJob& analysis,
                   const std::vector<std::size_t>& conditions, Layout& layout, findings::Ledger& ledger) {
  const std::string rule = "no complete vector under every condition of the analysis";
  for (std::size_t model = 0; model < panel.models.size(); ++model) {
    const std::string missing = lacking(panel, conditions, layout.variants, model);
    if (missing.empty())
      layout.models.push_back(model);
    else
      ledger.add(analysis.name, "models", rule, fmt::format("{} ({})", panel.models[model].name, missing));
  }
  ledger.looked_at(analysis.name, "models", rule, static_cast<std::int64_t>(panel.models.size()));
  if (layout.models.size() < 2)
    throw InputError(where(job, analysis, "models"), fmt::format("{} complete models", layout.models.size()),
                     "at least two", "Check the model file and the conditions of the analysis.");
}

std::vector<std::size_t> choose_variants(const panel::Panel& panel, const AnalysisJob& analysis) {
  std::map<std::string, std::size_t> named;
  for (std::size_t v = 0; v < panel.variants.size(); ++v) {
    const std::string& name = panel.variants[v].name;
    bool wanted = false;
    for (const survey::Item& item : panel.instrument.items) {
      wanted |= analysis.removal == Removal::items && item.id == name;
      wanted |= analysis.removal == Removal::dimensions && item.dimension == name;
    }
    wanted |= analysis.removal == Removal::sets && analysis.sets.count(name) > 0;
    if (wanted && name != "none") named[name] = v;
  }
  std::vector<std::size_t> variants = {0};
  for (const auto& [name, index] : named) variants.push_back(index);
  return variants;
}

void lay_cells(const panel::Panel& panel, const Job& job, const AnalysisJob& analysis,
               const std::vector<std::size_t>& conditions, Layout& layout) {
  for (const std::string& nation : layout.nations) {
    std::vector<Cell>& cells = layout.cells.emplace_back();
    const std::string own = analysis.own_language ? language_of(job, analysis, nation) : "";
    for (const std::size_t variant : layout.variants)
      for (const std::size_t condition : conditions)
        if (own.empty() || panel.conditions[condition].language == own)
          for (const std::size_t model : layout.models) cells.push_back({variant, condition, model});
    if (cells.size() != layout.cells.front().size() || cells.empty())
      throw InputError(where(job, analysis, "pairing"), fmt::format("{} cells for nation '{}'", cells.size(), nation),
                       "as many as for the other nations",
                       "Check own_language in [study] and the languages of the file.");
  }
}

void check_nations(const Job& job, const AnalysisJob& analysis, const Layout& layout) {
  for (const std::string& table : analysis.tables)
    if ((table == "welch_t" || table == "chi_square") && layout.nations.size() != 2)
      throw InputError(where(job, analysis, "tables"),
                       fmt::format("{} with people of {} nations ({}) in {}", table, layout.nations.size(),
                                   fmt::join(layout.nations, ", "), job.people.files.front().string()),
                       "people of two nations", "Check the people's file, or leave " + table + " out of tables.");
}

}  // namespace

Layout make_layout(const panel::Panel& panel, const Job& job, const AnalysisJob& analysis, findings::Ledger& ledger) {
  Layout layout;
  layout.analysis = analysis.name;
  layout.people = find_people(panel, job, analysis);
  layout.nations = panel.people.nations;
  check_nations(job, analysis, layout);
  const std::vector<std::size_t> conditions = condition_indices(panel, analysis);
  if (conditions.empty())
    throw InputError(where(job, analysis, "personas"), fmt::format("{}", fmt::join(analysis.personas, " ")),
                     "personas and languages of the model file", "Mend personas or languages.");
  layout.variants = choose_variants(panel, analysis);
  choose_models(panel, job, analysis, conditions, layout, ledger);
  lay_cells(panel, job, analysis, conditions, layout);
  return layout;
}

void count_constant_people(const panel::Panel& panel, const Layout& layout, findings::Ledger& ledger) {
  for (const std::size_t index : layout.variants) {
    const panel::Variant& variant = panel.variants[index];
    const std::string rule = "no cosine: equal answers to all items" + (index ? " but " + variant.name : std::string());
    const std::vector<std::size_t> items = panel::remaining_items(variant, panel.items());
    for (std::size_t person = layout.people.first; person < layout.people.first + layout.people.count; ++person) {
      const std::int16_t* answers = panel.people.answers.data() + person * panel.items();
      const auto differs = [&](std::size_t item) { return answers[item] != answers[items.front()]; };
      if (std::none_of(items.begin(), items.end(), differs))
        ledger.add(layout.analysis, "people", rule, panel.people.ids[person]);
    }
    ledger.looked_at(layout.analysis, "people", rule, static_cast<std::int64_t>(layout.people.count));
  }
}

std::vector<panel::Variant> variants_of(const Job& job, const survey::Instrument& instrument) {
  std::map<std::string, panel::Variant> named;
  for (const AnalysisJob& analysis : job.analyses) {
    std::vector<panel::Variant> wanted;
    if (analysis.removal == Removal::items) wanted = panel::item_variants(instrument);
    if (analysis.removal == Removal::dimensions) wanted = panel::dimension_variants(instrument);
    if (analysis.removal == Removal::sets)
      for (const auto& [name, items] : analysis.sets)
        wanted.push_back(panel::named_variant(instrument, fmt::format("{} = {}", name, fmt::join(items, ", "))));
    for (const panel::Variant& variant : wanted) {
      const auto [found, fresh] = named.emplace(variant.name, variant);
      if (!fresh && found->second.removed != variant.removed)
        throw InputError(where(job, analysis, "removed"), "'" + variant.name + "' for two different sets of items",
                         "one meaning per name", "Rename the set.");
    }
  }
  std::vector<panel::Variant> variants = {panel::variant_none()};
  for (const auto& [name, variant] : named) variants.push_back(variant);
  return variants;
}

std::string cell_label(const panel::Panel& panel, const Cell& cell, bool own_language) {
  const panel::Condition& condition = panel.conditions[cell.condition];
  const std::string language = own_language ? "own" : condition.language;
  return fmt::format("{}/{}/{}/{}", panel.variants[cell.variant].name, language, condition.persona,
                     panel.models[cell.model].name);
}

}  // namespace meridian::analysis
