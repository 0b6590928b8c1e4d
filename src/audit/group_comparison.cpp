#include "audit/group_comparison.hpp"

#include <cmath>
#include <map>

#include "audit/paired_families.hpp"
#include "audit/simultaneous.hpp"
#include "audit/trend.hpp"
#include "audit/two_groups.hpp"
#include "findings/columns.hpp"
#include "inference/multiplicity.hpp"
#include "tables/csv.hpp"

namespace meridian::audit {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::text_column;

struct Row {
  std::string metric, column, test;
  std::string first = {}, second = {};  ///< levels; empty: a trend
  std::int64_t n_first = 0, n_second = 0;
  Comparison found = {};
  PermutedUnits units = {};  ///< empty: a trend
};

std::vector<double> joined(std::vector<double> first, const std::vector<double>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// Tests whose units are the same models in the same places.
std::string family_name(const std::vector<ModelValue>& values, const std::string& test) {
  std::string name = test;
  for (const ModelValue& one : values) name += '\x1f' + one.model;
  return name;
}

/// Level of a column -> values of its models, in the order of the registry.
using Levels = std::map<std::string, std::vector<double>>;

Levels levels_of(const std::vector<ModelValue>& values, const ModelRegistry& registry, const std::string& column) {
  Levels levels;
  for (const ModelValue& one : values)
    if (const std::string& level = registry.value(one.model, column); !level.empty())
      levels[level].push_back(one.value);
  return levels;
}

/// What all tests of one metric along one column start from.
struct Compared {
  const std::vector<ModelValue>& values;
  const ModelRegistry& registry;
  const std::string& column;
  const Settings& settings;

  Row row(const std::string& test, std::size_t n) const {
    return {.metric = values.front().metric, .column = column, .test = test, .n_first = static_cast<std::int64_t>(n)};
  }
  /// Of two levels.
  Row row(const std::string& test, const Levels::value_type& first, const Levels::value_type& second) const {
    Row made = row(test, first.second.size());
    made.first = first.first;
    made.second = second.first;
    made.n_second = static_cast<std::int64_t>(second.second.size());
    made.units.family = family_name(values, column + " " + test + " " + first.first + '\x1f' + second.first);
    return made;
  }
};

void compare_groups(const Compared& compared, const Levels::value_type& first, const Levels::value_type& second,
                    std::vector<Row>& rows) {
  if (first.second.size() < 2 || second.second.size() < 2) return;
  Row row = compared.row("groups", first, second);
  row.found = two_groups(first.second, second.second, compared.settings);
  row.units.values = joined(first.second, second.second);
  row.units.first = first.second.size();
  rows.push_back(std::move(row));
}

void compare_families(const Compared& compared, const Levels::value_type& first, const Levels::value_type& second,
                      std::vector<Row>& rows) {
  const ModelRegistry& registry = compared.registry;
  if (registry.family.empty() || registry.family == compared.column) return;
  std::vector<double> differences =
      family_differences(compared.values, registry, compared.column, first.first, second.first);
  if (differences.size() < 2) return;
  Row row = compared.row("paired", first, second);
  row.n_first = row.n_second = static_cast<std::int64_t>(differences.size());
  row.found = paired_families(differences, compared.settings);
  row.units.values = std::move(differences);
  rows.push_back(std::move(row));
}

void compare_levels(const Compared& compared, std::vector<Row>& rows) {
  const Levels levels = levels_of(compared.values, compared.registry, compared.column);
  for (auto first = levels.begin(); first != levels.end(); ++first)
    for (auto second = std::next(first); second != levels.end(); ++second) {
      compare_groups(compared, *first, *second, rows);
      compare_families(compared, *first, *second, rows);
    }
}

void look_for_trend(const Compared& compared, std::vector<Row>& rows) {
  std::vector<TrendPoint> points;
  for (const ModelValue& one : compared.values) {
    double x = 0;
    if (tables::parse_number(compared.registry.value(one.model, compared.column), x))
      points.push_back({x, one.value, 0});
  }
  if (points.size() < 3) return;
  rows.push_back(compared.row("trend", points.size()));
  rows.back().found = trend(points, compared.settings);
  const auto within = family_points(compared.values, compared.registry, compared.column);
  if (within.empty()) return;
  rows.push_back(compared.row("trend within families", within.size()));
  rows.back().found = trend(within, compared.settings);
}

findings::Table empty_table(const Settings& settings) {
  return {
      "group_tests",
      "Groups of models",
      "Difference of means (first minus second, Welch's interval) or Spearman's rho (Fisher's interval) of the "
      "models' values; p by permutation of Welch's t, of the signs of the families' differences, or of the order; "
      "p_step_down: Westfall and Young's p for all metrics of one comparison of groups at once (largest |t| of each "
      "permutation); p_holm over all rows of this table. Confidence " +
          tables::format_number(settings.confidence) + ". Models, not answers, are the units.",
      {text_column("metric"), text_column("column"), text_column("test"), text_column("first"), text_column("second"),
       integer_column("n_first"), integer_column("n_second"), real_column("estimate"), real_column("conf_low"),
       real_column("conf_high"), real_column("p_value"), integer_column("permutations"), text_column("permuted"),
       real_column("p_step_down"), real_column("p_holm")},
      {}};
}

void fill(const std::vector<Row>& rows, const Settings& settings, findings::Table& table) {
  std::vector<double> p_values;
  std::vector<PermutedUnits> units;
  for (const Row& row : rows) {
    p_values.push_back(row.found.p_value);
    units.push_back(row.units);
  }
  const std::vector<double> step_down = step_down_p(units, settings);
  const std::vector<double> adjusted = inference::adjust(p_values, inference::Adjustment::holm);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    table.add({row.metric, row.column, row.test, row.first, row.second, row.n_first,
               row.n_second > 0 ? findings::Cell(row.n_second) : findings::Cell(), row.found.estimate, row.found.low,
               row.found.high, row.found.p_value, row.found.permutations,
               std::string(row.found.all ? "all" : "sampled"),
               row.units.values.empty() ? findings::Cell() : findings::Cell(step_down[i]), adjusted[i]});
  }
}

}  // namespace

std::vector<ModelValue> values_of(const std::vector<SummaryEntry>& summary) {
  std::vector<ModelValue> values;
  for (const SummaryEntry& entry : summary) values.push_back({entry.metric, entry.model, entry.value});
  return values;
}

findings::Table group_tests(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                            const Settings& settings) {
  std::vector<std::string> metrics;
  std::map<std::string, std::vector<ModelValue>> by_metric;
  for (const ModelValue& one : values) {
    if (std::isnan(one.value)) continue;
    if (by_metric.count(one.metric) == 0) metrics.push_back(one.metric);
    by_metric[one.metric].push_back(one);
  }
  std::vector<Row> rows;
  for (const std::string& metric : metrics) {
    for (const std::string& column : registry.groups)
      compare_levels({by_metric[metric], registry, column, settings}, rows);
    for (const std::string& column : registry.trends)
      look_for_trend({by_metric[metric], registry, column, settings}, rows);
  }
  findings::Table table = empty_table(settings);
  fill(rows, settings, table);
  return table;
}

}  // namespace meridian::audit
