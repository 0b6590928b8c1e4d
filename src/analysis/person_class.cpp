#include "analysis/person_class.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace meridian::analysis {
namespace {

using Labels = std::vector<std::string>;

/// +0.5 for the first level, -0.5 for the second, minus the mean over all rows that the table stands for.
std::vector<double> centred_codes(const Labels& labels, const std::string& positive,
                                  const std::vector<double>& multiplicity) {
  std::vector<double> codes;
  double sum = 0, rows = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    codes.push_back(labels[i] == positive ? 0.5 : -0.5);
    sum += codes.back() * multiplicity[i];
    rows += multiplicity[i];
  }
  for (double& code : codes) code -= sum / rows;
  return codes;
}

/// Two levels enter as one centred numeric, one level as zeros, more as a factor.
void add_covariate(models::Frame& frame, const std::string& name, const Labels& labels,
                   const std::vector<double>& multiplicity) {
  const std::set<std::string> levels(labels.begin(), labels.end());
  if (levels.size() > 2) return frame.add_labels(name, labels);
  if (levels.size() < 2) return frame.add_numeric(name, std::vector<double>(labels.size(), 0.0));
  frame.add_numeric(name, centred_codes(labels, *levels.begin(), multiplicity));
}

/// A factor whose levels keep the order given, not that of their names.
void add_factor_in_order(models::Frame& frame, const std::string& name, const Labels& labels, const Labels& levels) {
  std::vector<std::int32_t> codes;
  for (const std::string& label : labels)
    codes.push_back(static_cast<std::int32_t>(std::find(levels.begin(), levels.end(), label) - levels.begin()));
  frame.add_factor(name, codes, levels);
}

/// Which level each value of a two-level code stands for.
std::map<std::string, std::string> names_of_codes(const models::Variable& code, const Labels& labels) {
  std::map<std::string, std::string> names;
  if (code.is_factor || std::set<std::string>(labels.begin(), labels.end()).size() != 2) return names;
  for (std::size_t row = 0; row < labels.size(); ++row) names[models::number_text(code.numeric[row])] = labels[row];
  return names;
}

struct Row {
  Cell cell;
  std::int32_t nation;
  std::size_t person_class;
};

Labels labels_of(const std::vector<Row>& rows, const std::function<std::string(const Row&)>& label) {
  Labels labels;
  for (const Row& row : rows) labels.push_back(label(row));
  return labels;
}

void fill_frame(const panel::Panel& panel, const Layout& layout, const std::vector<Row>& rows, ClassTable& table) {
  models::Frame& frame = table.frame;
  const auto condition = [&](const Row& row) -> const panel::Condition& {
    return panel.conditions[row.cell.condition];
  };
  const auto model = [&](const Row& row) -> const survey::Model& { return panel.models[row.cell.model]; };
  const auto covariate = [&](const std::string& name, const std::function<std::string(const Row&)>& label) {
    const Labels labels = labels_of(rows, label);
    add_covariate(frame, name, labels, table.multiplicity);
    table.code_names[name] = names_of_codes(frame.find(name), labels);
  };
  covariate("nation", [&](const Row& row) { return layout.nations[static_cast<std::size_t>(row.nation)]; });
  covariate("origin", [&](const Row& row) { return model(row).origin; });
  covariate("language", [&](const Row& row) { return condition(row).language; });
  covariate("persona", [&](const Row& row) { return condition(row).persona; });
  frame.add_labels("llm", labels_of(rows, [&](const Row& row) { return model(row).name; }));
  Labels variants;
  for (const std::size_t variant : layout.variants) variants.push_back(panel.variants[variant].name);
  add_factor_in_order(frame, "removed",
                      labels_of(rows, [&](const Row& row) { return panel.variants[row.cell.variant].name; }), variants);
  std::vector<std::int32_t> codes;
  Labels classes;
  for (const Row& row : rows) codes.push_back(static_cast<std::int32_t>(row.person_class));
  for (int level = 0; level <= codes.back(); ++level) classes.push_back(std::to_string(level));
  frame.add_factor("participant", codes, classes);
}

}  // namespace

std::vector<std::size_t> rows_of(const Layout& layout, const PersonClass& person_class) {
  std::vector<std::size_t> rows;
  const std::size_t per_variant = layout.rows_per_variant();
  for (std::size_t row = 0; row < layout.rows(); ++row)
    if (person_class.present[row / per_variant] == '1') rows.push_back(row);
  return rows;
}

ClassTable make_class_table(const panel::Panel& panel, const Layout& layout, const std::vector<PersonClass>& classes,
                            const std::vector<double>& people) {
  ClassTable table;
  std::vector<Row> rows;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const std::vector<Cell>& cells = layout.cells[static_cast<std::size_t>(classes[k].nation)];
    table.first_row.push_back(rows.size());
    for (const std::size_t row : rows_of(layout, classes[k])) rows.push_back({cells[row], classes[k].nation, k});
    table.rows.push_back(rows.size() - table.first_row.back());
    table.multiplicity.resize(rows.size(), people[k]);
  }
  fill_frame(panel, layout, rows, table);
  return table;
}

}  // namespace meridian::analysis
