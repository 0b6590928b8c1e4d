#include <algorithm>
#include <cmath>

#include "findings/columns.hpp"
#include "inference/multiplicity.hpp"
#include "opinions/def_tables.hpp"
#include "opinions/family_comparison.hpp"

namespace meridian::opinions {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

struct Family {
  std::string name;
  std::vector<std::size_t> models;  ///< in the order of the registry
};

std::vector<Family> families_of(const DefStudy& study, const audit::ModelRegistry& registry) {
  std::vector<Family> families;
  for (const std::string& model : registry.family.empty() ? std::vector<std::string>() : registry.models) {
    const auto place = std::find(study.counts.models.begin(), study.counts.models.end(), model);
    const std::string& name = registry.value(model, registry.family);
    if (place == study.counts.models.end() || name.empty()) continue;
    auto family = std::find_if(families.begin(), families.end(), [&](const Family& one) { return one.name == name; });
    if (family == families.end()) family = families.insert(families.end(), {name, {}});
    family->models.push_back(static_cast<std::size_t>(place - study.counts.models.begin()));
  }
  return families;
}

/// Divergences by model and type, or their means over the family's models by type.
std::vector<double> values_of(const DefStudy& study, const Family& family, std::size_t survey, bool by_model) {
  std::vector<std::vector<double>> by_type(study.counts.types.types.size());
  std::vector<double> values;
  for (const std::size_t model : family.models) {
    const std::vector<double> means = study.scores.by_type(model, survey, study.ones());
    values.insert(values.end(), means.begin(), means.end());
    for (std::size_t t = 0; t < means.size(); ++t) by_type[t].push_back(means[t]);
  }
  if (by_model) return values;
  std::vector<double> types;
  for (const auto& one : by_type) types.push_back(mean_of_present(one));
  return types;
}

inference::Moments moments_of(std::vector<double> values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double v) { return std::isnan(v); }), values.end());
  return inference::moments(values);
}

Table empty_table() {
  return {"families",
          "Families of models compared",
          "Divergences by type, first family minus second. unit type x model: one value per type and model, as printed "
          "(Student's pooled t; its values share types and models, so it is not a valid test of the families); unit "
          "type: means over each family's models. Paired t and Wilcoxon's signed ranks pair equal types, and models in "
          "the order of the registry where the families are of one size. p_holm: Wilcoxon's p of the unit over rows.",
          {text_column("survey"), text_column("first"), text_column("second"), text_column("unit"),
           integer_column("n_first", "values"), integer_column("n_second", "values"), real_column("mean_first", "nats"),
           real_column("mean_second", "nats"), real_column("estimate", "nats"), real_column("conf_low", "nats"),
           real_column("conf_high", "nats"), real_column("std_error", "nats"), real_column("statistic"),
           real_column("df"), real_column("p_pooled"), integer_column("pairs", "pairs"), real_column("p_paired"),
           real_column("p_wilcoxon"), real_column("p_holm")},
          {}};
}

void add_row(Table& table, const DefStudy& study, std::size_t survey, const Family& first, const Family& second,
             bool by_model) {
  const std::vector<double> a = values_of(study, first, survey, by_model);
  const std::vector<double> b = values_of(study, second, survey, by_model);
  const inference::Moments one = moments_of(a), two = moments_of(b);
  const PooledT pooled = pooled_t(one, two);
  const PairedTests paired = paired_tests(a.size() == b.size() ? a : std::vector<double>(), b, study.confidence);
  const double wilcoxon = std::isnan(paired.wilcoxon.p_exact) ? paired.wilcoxon.p_value : paired.wilcoxon.p_exact;
  table.add({study.counts.surveys[survey], first.name, second.name, std::string(by_model ? "type x model" : "type"),
             static_cast<std::int64_t>(one.n), static_cast<std::int64_t>(two.n), one.mean, two.mean, pooled.estimate,
             paired.low, paired.high, pooled.std_error, pooled.statistic, pooled.df, pooled.p_value,
             static_cast<std::int64_t>(paired.pairs), paired.p_value, wilcoxon, findings::Cell()});
}

/// Each unit answers the question once, so each has its own correction.
void adjust(Table& table) {
  for (const char* unit : {"type x model", "type"}) {
    std::vector<double> p_values;
    for (const auto& row : table.rows)
      if (std::get<std::string>(row[table.column("unit")]) == unit)
        p_values.push_back(std::get<double>(row[table.column("p_wilcoxon")]));
    p_values = inference::adjust(p_values, inference::Adjustment::holm);
    auto next = p_values.begin();
    for (auto& row : table.rows)
      if (std::get<std::string>(row[table.column("unit")]) == unit) row.back() = *next++;
  }
}

}  // namespace

Table family_table(const DefStudy& study, const audit::ModelRegistry& registry) {
  Table table = empty_table();
  const std::vector<Family> families = families_of(study, registry);
  for (std::size_t s = 0; s < study.counts.surveys.size(); ++s)
    for (std::size_t a = 0; a < families.size(); ++a)
      for (std::size_t b = a + 1; b < families.size(); ++b)
        for (const bool by_model : {true, false}) add_row(table, study, s, families[a], families[b], by_model);
  adjust(table);
  return table;
}

}  // namespace meridian::opinions
