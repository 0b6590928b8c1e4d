#include "audit/group_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "audit/paired_families.hpp"
#include "audit/simultaneous.hpp"
#include "audit/trend.hpp"
#include "inference/multiplicity.hpp"
#include "inference/permutation.hpp"
#include "inference/two_sample.hpp"
#include "resampling/relabellings.hpp"
#include "tables/csv.hpp"

namespace meridian::audit {
namespace {

using findings::Kind;

struct Row {
  std::string metric, column, test, first, second;
  std::int64_t n_first = 0, n_second = 0;
  Comparison found;
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

Comparison two_groups(const std::vector<double>& first, const std::vector<double>& second, const Settings& settings) {
  Eigen::MatrixXd units(static_cast<Eigen::Index>(first.size() + second.size()), 1);
  resampling::Labels labels(first.size() + second.size(), 0);
  std::fill_n(labels.begin(), first.size(), std::uint8_t{1});
  for (std::size_t i = 0; i < labels.size(); ++i)
    units(static_cast<Eigen::Index>(i), 0) = i < first.size() ? first[i] : second[i - first.size()];
  const auto relabelled = resampling::Permutations::relabellings(labels, settings.permutations, settings.seed);
  const std::uint64_t count = relabelled.enumerated() ? relabelled.count() : settings.permutations;
  Eigen::VectorXd permuted(static_cast<Eigen::Index>(count));
  for (std::uint64_t number = 0; number < count; ++number)
    permuted[static_cast<Eigen::Index>(number)] = inference::relabelled_welch_t(units, relabelled.labels(number))[0];
  const auto how = relabelled.enumerated() ? inference::Permuted::all : inference::Permuted::sampled;
  const double observed = inference::relabelled_welch_t(units, labels)[0];
  const inference::TwoSample welch = inference::welch_t(first, second, settings.confidence);
  return {welch.estimate,
          welch.conf_low,
          welch.conf_high,
          inference::permutation_p(observed, permuted, how).p,
          static_cast<std::int64_t>(count),
          relabelled.enumerated()};
}

Levels levels_of(const std::vector<ModelValue>& values, const ModelRegistry& registry, const std::string& column) {
  Levels levels;
  for (const ModelValue& one : values)
    if (const std::string& level = registry.value(one.model, column); !level.empty())
      levels[level].push_back(one.value);
  return levels;
}

void compare_levels(const std::vector<ModelValue>& values, const ModelRegistry& registry, const std::string& column,
                    const Settings& settings, std::vector<Row>& rows) {
  const Levels levels = levels_of(values, registry, column);
  for (auto first = levels.begin(); first != levels.end(); ++first)
    for (auto second = std::next(first); second != levels.end(); ++second) {
      const std::string& metric = values.front().metric;
      const auto n1 = static_cast<std::int64_t>(first->second.size()),
                 n2 = static_cast<std::int64_t>(second->second.size());
      if (n1 > 1 && n2 > 1)
        rows.push_back({metric,
                        column,
                        "groups",
                        first->first,
                        second->first,
                        n1,
                        n2,
                        two_groups(first->second, second->second, settings),
                        {family_name(values, column + " groups " + first->first + '\x1f' + second->first),
                         joined(first->second, second->second), first->second.size()}});
      if (registry.family.empty() || registry.family == column) continue;
      const auto differences = family_differences(values, registry, column, first->first, second->first);
      const auto families = static_cast<std::int64_t>(differences.size());
      if (families > 1)
        rows.push_back(
            {metric,
             column,
             "paired",
             first->first,
             second->first,
             families,
             families,
             paired_families(differences, settings),
             {family_name(values, column + " paired " + first->first + '\x1f' + second->first), differences}});
    }
}

void look_for_trend(const std::vector<ModelValue>& values, const ModelRegistry& registry, const std::string& column,
                    const Settings& settings, std::vector<Row>& rows) {
  std::vector<TrendPoint> points;
  for (const ModelValue& one : values) {
    double x = 0;
    if (tables::parse_number(registry.value(one.model, column), x)) points.push_back({x, one.value, 0});
  }
  if (points.size() < 3) return;
  const auto n = static_cast<std::int64_t>(points.size());
  rows.push_back({values.front().metric, column, "trend", "", "", n, 0, trend(points, settings)});
  const auto within = family_points(values, registry, column);
  if (within.empty()) return;
  rows.push_back({values.front().metric, column, "trend within families", "", "",
                  static_cast<std::int64_t>(within.size()), 0, trend(within, settings)});
}

findings::Table table_of(const std::vector<Row>& rows, const Settings& settings) {
  findings::Table table{
      "group_tests",
      "Groups of models",
      "Difference of means (first minus second, Welch's interval) or Spearman's rho (Fisher's interval) of the "
      "models' values; p by permutation of Welch's t, of the signs of the families' differences, or of the order; "
      "p_step_down: Westfall and Young's p for all metrics of one comparison of groups at once (largest |t| of each "
      "permutation); p_holm over all rows of this table. Confidence " +
          tables::format_number(settings.confidence) + ". Models, not answers, are the units.",
      {{"metric", Kind::text, ""},
       {"column", Kind::text, ""},
       {"test", Kind::text, ""},
       {"first", Kind::text, ""},
       {"second", Kind::text, ""},
       {"n_first", Kind::integer, ""},
       {"n_second", Kind::integer, ""},
       {"estimate", Kind::real, ""},
       {"conf_low", Kind::real, ""},
       {"conf_high", Kind::real, ""},
       {"p_value", Kind::real, ""},
       {"permutations", Kind::integer, ""},
       {"permuted", Kind::text, ""},
       {"p_step_down", Kind::real, ""},
       {"p_holm", Kind::real, ""}},
      {}};
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
  return table;
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
      compare_levels(by_metric[metric], registry, column, settings, rows);
    for (const std::string& column : registry.trends)
      look_for_trend(by_metric[metric], registry, column, settings, rows);
  }
  return table_of(rows, settings);
}

}  // namespace meridian::audit
