#include "panel/panel.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "error.hpp"
#include "panel/condition_resolver.hpp"
#include "panel/people_union.hpp"
#include "panel/variants.hpp"

namespace meridian::panel {
namespace {

constexpr double no_cosine = std::numeric_limits<double>::quiet_NaN();

const survey::ModelAnswers& find_source(const std::vector<NamedAnswers>& sources, const Condition& condition) {
  std::vector<std::string> names;
  for (const auto& [name, answers] : sources) {
    if (name == condition.source) return answers;
    names.push_back(name);
  }
  throw InputError("condition " + condition.label(), "model source '" + condition.source + "'",
                   fmt::format("one of: {}", fmt::join(names, ", ")), "Mend the job file.");
}

void check_conditions(const std::vector<Condition>& conditions) {
  std::set<std::string> labels;
  for (const Condition& condition : conditions)
    if (!labels.insert(condition.label()).second)
      throw InputError("conditions", "'" + condition.label() + "' twice", "each condition once",
                       "Two analyses describe it in different words: give llm_rows, llm_center and pooled alike.");
}

bool all_equal(const double* vector, const std::vector<std::size_t>& items) {
  return std::all_of(items.begin(), items.end(), [&](std::size_t item) { return vector[item] == vector[items[0]]; });
}

/// One ledger line per condition (and variant) with every model concerned, so that none is lost among the examples.
class Lacking {
 public:
  void add(const std::string& model) { models_.push_back(model); }
  void enter(const std::string& source, const std::string& rule, findings::Ledger& ledger) const {
    if (models_.empty()) return;
    ledger.add(source, "models", rule, fmt::format("{}", fmt::join(models_, ", ")),
               static_cast<std::int64_t>(models_.size()));
  }

 private:
  std::vector<std::string> models_;
};

std::string item_list(const std::vector<std::size_t>& missing, const survey::Instrument& instrument) {
  if (missing.size() == instrument.items.size()) return "every item";
  std::vector<std::string> ids;
  for (const std::size_t item : missing) ids.push_back(instrument.items[item].id);
  return fmt::format("{} {}", ids.size() == 1 ? "item" : "items", fmt::join(ids, " "));
}

/// Fills values and centre of one condition.
class ConditionFiller {
 public:
  ConditionFiller(Panel& panel, std::size_t condition, const survey::ModelAnswers& answers)
      : panel_(panel),
        condition_(condition),
        answers_(answers),
        resolver_(panel.conditions[condition], answers, panel.items()) {}

  void fill(findings::Ledger& ledger) {
    const std::string label = panel_.conditions[condition_].label();
    const std::string& source = panel_.conditions[condition_].source;
    Lacking incomplete;
    for (std::size_t model = 0; model < panel_.models.size(); ++model) fill_vector(model, incomplete);
    incomplete.enter(source, "lacks an answer that " + label + " needs", ledger);
    for (std::size_t variant = 0; variant < panel_.variants.size(); ++variant) {
      Lacking constant;
      fill_centres(variant, constant);
      constant.enter(
          source, fmt::format("equal answers to all items under {}, removed: {}", label, panel_.variants[variant].name),
          ledger);
    }
  }

 private:
  double* values(std::size_t model) {
    return panel_.values.data() + (condition_ * panel_.models.size() + model) * panel_.items();
  }

  std::size_t in_source(std::size_t model) const {
    const auto found = std::find_if(answers_.models.begin(), answers_.models.end(),
                                    [&](const survey::Model& m) { return m.name == panel_.models[model].name; });
    return static_cast<std::size_t>(found - answers_.models.begin());
  }

  void fill_vector(std::size_t model, Lacking& incomplete) {
    const std::size_t index = in_source(model);
    if (index == answers_.models.size()) {
      incomplete.add(panel_.models[model].name + " (not in the file)");
      return;
    }
    const std::vector<std::size_t> missing = resolver_.missing_items(index);
    if (missing.empty())
      std::copy_n(resolver_.vector(index), panel_.items(), values(model));
    else
      incomplete.add(fmt::format("{} ({})", panel_.models[model].name, item_list(missing, panel_.instrument)));
  }

  /// A model that answers alike everywhere has no direction: under its own centring the cosine is 0/0, under pooled
  /// centring it would be 0 whatever people answer. Both are left out; constant over all items, the vector goes too.
  void fill_centres(std::size_t variant, Lacking& constant) {
    const std::vector<std::size_t> items = remaining_items(panel_.variants[variant], panel_.items());
    for (std::size_t model = 0; model < panel_.models.size(); ++model) {
      double* vector = values(model);
      if (std::isnan(vector[0])) continue;
      if (!all_equal(vector, items)) {
        panel_.centre[(variant * panel_.conditions.size() + condition_) * panel_.models.size() + model] =
            resolver_.centre(in_source(model), items);
        continue;
      }
      constant.add(panel_.models[model].name);
      if (items.size() == panel_.items()) std::fill_n(vector, panel_.items(), no_cosine);
    }
  }

  Panel& panel_;
  std::size_t condition_;
  const survey::ModelAnswers& answers_;
  ConditionResolver resolver_;
};

}  // namespace

std::string Condition::label() const {
  std::string text = language + "/" + (rows == Rows::first_row ? "first-row" : persona) + "/";
  text += center == Center::condition ? "condition" : fmt::format("pooled:{}", fmt::join(pooled, "+"));
  return source == "models" ? text : text + " (" + source + ")";
}

Panel build_panel(const survey::Instrument& instrument, const std::vector<NamedPeople>& people,
                  const std::vector<NamedAnswers>& sources, const std::vector<Condition>& conditions,
                  const std::vector<Variant>& variants, findings::Ledger& ledger) {
  check_conditions(conditions);
  check_variants(variants, instrument);
  Panel panel;
  panel.instrument = instrument;
  panel.people = unite_people(people, panel.items(), panel.people_sets);
  panel.models = unite_models(sources);
  panel.conditions = conditions;
  panel.variants = variants;
  panel.values.assign(panel.columns() * panel.items(), no_cosine);
  panel.centre.assign(panel.columns() * variants.size(), no_cosine);
  for (std::size_t condition = 0; condition < conditions.size(); ++condition)
    ConditionFiller(panel, condition, find_source(sources, conditions[condition])).fill(ledger);
  return panel;
}

}  // namespace meridian::panel
