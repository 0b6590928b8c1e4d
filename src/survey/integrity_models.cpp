#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "survey/integrity.hpp"

namespace meridian::survey {
namespace {

using findings::Kind;
using findings::Severity;

std::int64_t count(std::size_t value) { return static_cast<std::int64_t>(value); }
std::size_t index(std::int32_t value) { return static_cast<std::size_t>(value); }

std::string joined(const std::vector<std::string>& names, const std::string& between = ", ", std::size_t most = 50) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i ? between : "") + names[i];
  return names.size() > most ? text + fmt::format(" and {} more", names.size() - most) : text;
}

class ModelCheck {
 public:
  ModelCheck(const std::string& source, const ModelAnswers& answers, const Instrument& instrument,
             bool takes_first_rows)
      : source_(source),
        answers_(answers),
        instrument_(instrument),
        items_(instrument.items.size()),
        takes_first_rows_(takes_first_rows) {
    const std::size_t conditions = answers.models.size() * answers.languages.size() * answers.personas.size();
    means_.assign(conditions * items_, std::numeric_limits<double>::quiet_NaN());
    named_.assign(conditions, false);
    for (const Cell& cell : answers.cells) {
      named_[condition(cell)] = true;
      means_[condition(cell) * items_ + index(cell.item)] = cell.mean;
    }
  }

  IntegrityReport report(const std::vector<Model>& registry) {
    compare_with_registry(registry);
    list_cells();
    look_at_first_rows();
    look_at_texts();
    return report_;
  }

 private:
  std::size_t condition(std::size_t model, std::size_t language, std::size_t persona) const {
    return (model * answers_.languages.size() + language) * answers_.personas.size() + persona;
  }
  std::size_t condition(const Cell& cell) const {
    return condition(index(cell.model), index(cell.language), index(cell.persona));
  }
  /// Calls visit(model, language, persona, condition) for all.
  template <class Visit>
  void each_condition(const Visit& visit) const {
    for (std::size_t m = 0; m < answers_.models.size(); ++m)
      for (std::size_t l = 0; l < answers_.languages.size(); ++l)
        for (std::size_t p = 0; p < answers_.personas.size(); ++p) visit(m, l, p, condition(m, l, p));
  }
  std::vector<std::string> missing_items(std::size_t at) const {
    std::vector<std::string> missing;
    for (std::size_t item = 0; item < items_; ++item)
      if (std::isnan(means_[at * items_ + item])) missing.push_back(instrument_.items[item].id);
    return missing;
  }

  void note(Severity severity, const std::string& about, const std::string& text, const std::string& remedy) {
    report_.notes.push_back({severity, about, answers_.file + ": " + text, remedy});
  }

  void compare_with_registry(const std::vector<Model>& registry);
  void list_cells();
  void find_equal_vectors();
  void look_at_first_rows();
  void look_at_texts();

  const std::string& source_;
  const ModelAnswers& answers_;
  const Instrument& instrument_;
  std::size_t items_;
  bool takes_first_rows_;
  std::vector<double> means_;  // condition x item; NaN where there is no mean
  std::vector<bool> named_;    // conditions of which the file names a cell
  IntegrityReport report_;
};

void ModelCheck::compare_with_registry(const std::vector<Model>& registry) {
  findings::Table table{
      source_ + "_models",
      "Models against the registry",
      fmt::format("{}. Cells: language x persona x item with a mean; of: all in the file.", answers_.file),
      {{"llm", Kind::text, ""},
       {"display_name", Kind::text, ""},
       {"origin", Kind::text, ""},
       {"company", Kind::text, ""},
       {"cells", Kind::integer, ""},
       {"of", Kind::integer, ""}},
      {}};
  const std::size_t of = answers_.languages.size() * answers_.personas.size() * items_;
  std::map<std::string, std::size_t> cells;
  for (const Cell& cell : answers_.cells) cells[answers_.models[index(cell.model)].name] += !std::isnan(cell.mean);
  std::vector<std::string> absent;
  for (const Model& model : registry) {
    const auto found = cells.find(model.name);
    if (found == cells.end()) absent.push_back(model.name);
    table.add({model.name, model.display_name, model.origin, model.company,
               count(found == cells.end() ? 0 : found->second), count(of)});
  }
  report_.tables.push_back(std::move(table));
  if (!absent.empty())
    note(Severity::info, "model registry",
         fmt::format("{} of {} models of the registry have no answers: {}.", absent.size(), registry.size(),
                     joined(absent)),
         "");
}

void ModelCheck::list_cells() {
  findings::Table table{
      source_ + "_cells",
      "Answers by model, language and persona",
      fmt::format("{}. Items with a mean; missing: those without. Constant: all means equal, so that no "
                  "similarity is defined.",
                  answers_.file),
      {{"llm", Kind::text, ""},
       {"language", Kind::text, ""},
       {"persona", Kind::text, ""},
       {"items", Kind::integer, ""},
       {"missing", Kind::text, "items"},
       {"constant", Kind::text, ""}},
      {}};
  std::vector<std::string> incomplete;
  each_condition([&](std::size_t model, std::size_t language, std::size_t persona, std::size_t at) {
    const std::vector<std::string> missing = missing_items(at);
    const auto first = means_.begin() + static_cast<std::ptrdiff_t>(at * items_);
    const bool constant = missing.empty() && std::all_of(first, first + static_cast<std::ptrdiff_t>(items_),
                                                         [&](double mean) { return mean == *first; });
    const std::string &llm = answers_.models[model].name, &prompt = answers_.languages[language],
                      &role = answers_.personas[persona];
    table.add({llm, prompt, role, count(items_ - missing.size()), joined(missing, " "),
               std::string(constant ? "yes" : "no")});
    if (!missing.empty() && named_[at])
      incomplete.push_back(fmt::format("{} ({}, persona {}: {})", llm, prompt, role, joined(missing, " ", 4)));
  });
  report_.tables.push_back(std::move(table));
  if (!incomplete.empty())
    note(Severity::caution, "missing items",
         fmt::format("{} vectors lack an item: {}.", incomplete.size(), joined(incomplete, "; ", 5)),
         "These models are left out of the analyses that need the item; each is listed with the item.");
  find_equal_vectors();
}

/// Two models, or one under two conditions, with the same means throughout: copied rows, most likely.
void ModelCheck::find_equal_vectors() {
  std::map<std::vector<double>, std::string> seen;
  std::vector<std::string> pairs;
  each_condition([&](std::size_t model, std::size_t language, std::size_t persona, std::size_t at) {
    if (!missing_items(at).empty()) return;
    const auto first = means_.begin() + static_cast<std::ptrdiff_t>(at * items_);
    const std::string name = fmt::format("{} ({}, persona {})", answers_.models[model].name,
                                         answers_.languages[language], answers_.personas[persona]);
    const auto [place, fresh] =
        seen.emplace(std::vector<double>(first, first + static_cast<std::ptrdiff_t>(items_)), name);
    if (!fresh) pairs.push_back(place->second + " and " + name);
  });
  if (!pairs.empty())
    note(Severity::caution, "repeated vectors",
         fmt::format("{} vectors equal another in every item: {}.", pairs.size(), joined(pairs, "; ", 5)),
         "Ask whether rows were copied.");
}

void ModelCheck::look_at_first_rows() {
  const auto none = std::find(answers_.personas.begin(), answers_.personas.end(), "none");
  if (none == answers_.personas.end()) return;
  const auto plain = static_cast<std::int32_t>(none - answers_.personas.begin());
  findings::Table table{
      source_ + "_first_rows",
      "First rows with a persona",
      fmt::format("{}. Model, language and item for which the file's first row is one with a persona. "
                  "llm_rows = first-row takes that row although no persona is meant.",
                  answers_.file),
      {{"llm", Kind::text, ""},
       {"language", Kind::text, ""},
       {"item", Kind::text, ""},
       {"persona", Kind::text, ""},
       {"mean", Kind::real, "scale points"},
       {"mean_without_persona", Kind::real, "scale points"}},
      {}};
  std::vector<bool> seen(answers_.models.size() * answers_.languages.size() * items_, false);
  for (const Cell& cell : answers_.cells) {
    const std::size_t at =
        (index(cell.model) * answers_.languages.size() + index(cell.language)) * items_ + index(cell.item);
    if (seen[at]) continue;
    seen[at] = true;
    const std::size_t without = condition(index(cell.model), index(cell.language), index(plain));
    if (cell.persona != plain && named_[without])
      table.add({answers_.models[index(cell.model)].name, answers_.languages[index(cell.language)],
                 instrument_.items[index(cell.item)].id, answers_.personas[index(cell.persona)], cell.mean,
                 means_[without * items_ + index(cell.item)]});
  }
  const std::int64_t looked_at = std::count(seen.begin(), seen.end(), true);
  if (!table.rows.empty())
    note(takes_first_rows_ ? Severity::warning : Severity::caution, "rows of the model vectors",
         fmt::format("for {} of {} combinations of model, language and item the first row is one with a persona. An "
                     "analysis without a persona that takes first rows (llm_rows = first-row) mixes them in.",
                     table.rows.size(), looked_at),
         "Set llm_rows = persona:none.");
  report_.tables.push_back(std::move(table));
}

void ModelCheck::look_at_texts() {
  if (answers_.unscored_texts.empty()) return;
  note(Severity::caution, "retained texts",
       fmt::format(
           "{} of {} retained answer texts hold no answer by the rules for trials, yet the file keeps them as valid: "
           "{}.",
           answers_.unscored_texts.size(), answers_.texts, joined(answers_.unscored_texts, ", ", 10)),
       "Read these texts; with raw trials such answers are not scored.");
}

}  // namespace

IntegrityReport check_models(const std::string& source, const ModelAnswers& answers, const Instrument& instrument,
                             const std::vector<Model>& registry, bool takes_first_rows) {
  return ModelCheck(source, answers, instrument, takes_first_rows).report(registry);
}

}  // namespace meridian::survey
