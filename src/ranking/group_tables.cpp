// Groups of models against each other: dimension by dimension, term by term, and in one analysis of variance.
#include <cmath>

#include "findings/columns.hpp"
#include "inference/brunner_munzel.hpp"
#include "inference/effect_size.hpp"
#include "inference/multiplicity.hpp"
#include "inference/quantiles.hpp"
#include "inference/rank_sum.hpp"
#include "inference/repeated_measures.hpp"
#include "ranking/scores.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

/// The two columns with adjusted p-values of the rows from `first` on, one family.
void adjust_rows(Table& table, std::size_t first, const std::string& p, const std::string& q, const std::string& holm) {
  std::vector<double> p_values;
  for (std::size_t r = first; r < table.rows.size(); ++r)
    p_values.push_back(std::get<double>(table.rows[r][table.column(p)]));
  const auto fdr = inference::adjust(p_values, inference::Adjustment::benjamini_hochberg);
  const auto fwe = inference::adjust(p_values, inference::Adjustment::holm);
  for (std::size_t r = first; r < table.rows.size(); ++r) {
    table.rows[r][table.column(q)] = fdr[r - first];
    table.rows[r][table.column(holm)] = fwe[r - first];
  }
}

/// Ranks: a smaller number is a higher priority.
std::string direction(double delta, const std::string& first, const std::string& second) {
  if (delta == 0) return "equal";
  return (delta < 0 ? first : second) + " ranks it higher";
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> group_pairs(const Study& study) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < study.catalog.groups.size(); ++a)
    for (std::size_t b = a + 1; b < study.catalog.groups.size(); ++b) pairs.emplace_back(a, b);
  return pairs;
}

Table dimension_test_table(const Study& study, const Results& results) {
  Table table{
      "dimension_tests",
      "Groups by dimension: Mann-Whitney",
      "p_value: normal approximation with tie and continuity correction; p_exact: permutation distribution "
      "given the ties. q_value: Benjamini-Hochberg, p_holm: Holm, over the dimensions. rank_biserial is "
      "positive when the first group has the smaller ranks.",
      {text_column("dimension"), text_column("group_1"), text_column("group_2"), integer_column("n_1", "models"),
       integer_column("n_2", "models"), real_column("median_1", "rank"), real_column("median_2", "rank"),
       real_column("u_1"), real_column("u_2"), real_column("p_value"), real_column("p_exact"), real_column("q_value"),
       real_column("p_holm"), real_column("rank_biserial"), text_column("direction")},
      {}};
  for (const auto& [a, b] : group_pairs(study)) {
    const std::size_t start = table.rows.size();
    const std::string &first = study.catalog.groups[a], &second = study.catalog.groups[b];
    for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
      const auto x = column(results.scores, study.catalog.models_of(a), d);
      const auto y = column(results.scores, study.catalog.models_of(b), d);
      const inference::RankSum test = inference::rank_sum(x, y);
      table.add({study.catalog.dimensions[d], first, second, static_cast<std::int64_t>(x.size()),
                 static_cast<std::int64_t>(y.size()), inference::median(x), inference::median(y), test.u_first,
                 test.u_second, test.p_value, test.p_exact, 0.0, 0.0, test.rank_biserial,
                 direction(test.cliffs_delta, first, second)});
    }
    adjust_rows(table, start, "p_value", "q_value", "p_holm");
  }
  return table;
}

Table dimension_mean_test_table(const Study& study, const Results& results) {
  Table table{
      "dimension_means",
      "Groups by dimension: Welch, Hedges, equivalence",
      "Differences are first minus second group, with 95% intervals. p_equivalence: two one-sided tests that "
      "the difference lies within " +
          std::to_string(study.settings.margin) + " ranks. NaN: fewer than two models, or no variance.",
      {text_column("dimension"), text_column("group_1"), text_column("group_2"), real_column("mean_1", "rank"),
       real_column("std_dev_1", "rank"), real_column("mean_2", "rank"), real_column("std_dev_2", "rank"),
       real_column("difference", "rank"), real_column("conf_low", "rank"), real_column("conf_high", "rank"),
       real_column("t"), real_column("df"), real_column("p_value"), real_column("q_value"), real_column("p_holm"),
       real_column("hedges_g"), real_column("hedges_g_gamma"), real_column("p_equivalence")},
      {}};
  for (const auto& [a, b] : group_pairs(study)) {
    const std::size_t start = table.rows.size();
    for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
      const auto x = inference::moments(column(results.scores, study.catalog.models_of(a), d));
      const auto y = inference::moments(column(results.scores, study.catalog.models_of(b), d));
      const inference::TwoSample test = inference::welch_t(x, y);
      table.add({study.catalog.dimensions[d], study.catalog.groups[a], study.catalog.groups[b], x.mean,
                 std::sqrt(x.variance), y.mean, std::sqrt(y.variance), test.estimate, test.conf_low, test.conf_high,
                 test.statistic, test.df, test.p_value, 0.0, 0.0, inference::hedges_g(x, y),
                 inference::hedges_g(x, y, inference::SmallSample::gamma),
                 inference::equivalence(x, y, study.settings.margin).p_value});
    }
    adjust_rows(table, start, "p_value", "q_value", "p_holm");
  }
  return table;
}

Table term_test_table(const Study& study) {
  Table table{"term_tests",
              "Groups by term: Brunner-Munzel",
              "effect: P(first < second) + P(equal)/2; cliffs_delta = P(first > second) - P(first < second), on ranks. "
              "q_value: Benjamini-Hochberg, p_holm: Holm, over the terms; a test that does not exist (NaN: the groups "
              "do not overlap, or fewer than two models) does not count.",
              {text_column("term"), text_column("group_1"), text_column("group_2"), real_column("mean_1", "rank"),
               real_column("mean_2", "rank"), real_column("statistic"), real_column("df"), real_column("p_value"),
               real_column("q_value"), real_column("p_holm"), real_column("effect"), real_column("cliffs_delta"),
               text_column("direction")},
              {}};
  for (const auto& [a, b] : group_pairs(study)) {
    const std::size_t start = table.rows.size();
    const std::string &first = study.catalog.groups[a], &second = study.catalog.groups[b];
    for (std::size_t t = 0; t < study.catalog.terms.size(); ++t) {
      const auto x = column(study.rows, study.catalog.models_of(a), t);
      const auto y = column(study.rows, study.catalog.models_of(b), t);
      const inference::BrunnerMunzel test = inference::brunner_munzel(x, y);
      const double delta = inference::rank_sum(x, y).cliffs_delta;
      table.add({study.catalog.terms[t].name, first, second, inference::moments(x).mean, inference::moments(y).mean,
                 test.statistic, test.df, test.p_value, 0.0, 0.0, test.effect, delta, direction(delta, first, second)});
    }
    adjust_rows(table, start, "p_value", "q_value", "p_holm");
  }
  return table;
}

Table group_anova_table(const Study& study, const Results& results) {
  Table table{"group_anova",
              "Group x dimension on dimension scores",
              "Type III, sum-to-zero coding. split_plot tests groups against models within groups; model_fixed tests "
              "everything against the residual left by a fixed effect per model (as printed).",
              {text_column("error_model"), text_column("term"), real_column("sum_sq"), real_column("df"),
               real_column("error_df"), real_column("f"), real_column("p_value"), real_column("partial_eta_sq"),
               real_column("p_gg"), real_column("p_hf"), text_column("note")},
              {}};
  if (study.catalog.groups.size() < 2 || study.catalog.dimensions.size() < 2) return table;
  for (const auto model : {inference::ErrorModel::split_plot, inference::ErrorModel::model_fixed}) {
    const auto result = inference::repeated_measures(results.scores, study.groups, model);
    const std::string name = model == inference::ErrorModel::split_plot ? "split_plot" : "model_fixed";
    const auto add = [&](const std::string& term, const inference::Effect& effect, const std::string& note) {
      table.add({name, term, effect.sum_sq, effect.df, effect.error_df, effect.f, effect.p_value, effect.partial_eta_sq,
                 effect.p_gg, effect.p_hf, note});
    };
    add("group", result.group,
        result.equal_means ? "zero by construction: every model's dimension scores have the same mean" : "");
    add("dimension", result.level, "");
    add("group:dimension", result.interaction, "");
  }
  return table;
}

}  // namespace meridian::ranking
