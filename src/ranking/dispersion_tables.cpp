// How far apart the terms of one dimension stand.
#include <cmath>

#include "findings/columns.hpp"
#include "inference/multiplicity.hpp"
#include "inference/one_sample.hpp"
#include "inference/repeated_measures.hpp"
#include "ranking/scores.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::real_column;
using findings::Table;
using findings::text_column;

std::vector<double> whole_column(const Rows& rows, std::size_t index) {
  std::vector<double> values;
  for (const auto& row : rows) values.push_back(row[index]);
  return values;
}

/// Dimensions of a single term have no spread.
bool has_spreads(const Rows& spreads) {
  for (const auto& row : spreads)
    for (const double value : row)
      if (std::isnan(value)) return false;
  return spreads.front().size() > 1;
}

}  // namespace

Table dispersion_table(const Study& study) {
  Table table{"dispersion",
              "Spread of ranks within each dimension",
              "Per model the SD (ddof " + std::to_string(study.settings.ddof) +
                  ") of the ranks of the dimension's terms; mean and SD over models.",
              {text_column("dimension"), real_column("mean_std_dev", "rank"), real_column("std_dev", "rank")},
              {}};
  const Rows spreads = dimension_spreads(study.catalog, study.rows, study.settings.ddof);
  for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
    const inference::Moments moments = inference::moments(whole_column(spreads, d));
    table.add({study.catalog.dimensions[d], moments.mean, std::sqrt(moments.variance)});
  }
  return table;
}

Table dispersion_anova_table(const Study& study) {
  Table table{"dispersion_anova",
              "Does the spread differ between dimensions? One-way repeated measures",
              "Subject: model. epsilon: Greenhouse-Geisser, Huynh-Feldt; p_gg and p_hf use degrees of freedom times "
              "epsilon.",
              {text_column("term"), real_column("df"), real_column("error_df"), real_column("f"),
               real_column("p_value"), real_column("partial_eta_sq"), real_column("epsilon_gg"), real_column("p_gg"),
               real_column("epsilon_hf"), real_column("p_hf")},
              {}};
  const Rows spreads = dimension_spreads(study.catalog, study.rows, study.settings.ddof);
  if (!has_spreads(spreads)) return table;
  const auto result = inference::repeated_measures(spreads, std::vector<std::size_t>(spreads.size(), 0));
  const inference::Effect& effect = result.level;
  table.add({"dimension", effect.df, effect.error_df, effect.f, effect.p_value, effect.partial_eta_sq,
             result.epsilon_gg, effect.p_gg, result.epsilon_hf, effect.p_hf});
  return table;
}

Table dispersion_pairs_table(const Study& study) {
  Table table{
      "dispersion_pairs",
      "Spread within dimensions, two by two",
      "Paired t tests over models, Bonferroni; d_z: mean difference over the SD of the differences. NaN: the "
      "differences are constant.",
      {text_column("dimension_1"), text_column("dimension_2"), real_column("difference", "rank"), real_column("t"),
       real_column("df"), real_column("p_value"), real_column("p_bonferroni"), real_column("d_z")},
      {}};
  const Rows spreads = dimension_spreads(study.catalog, study.rows, study.settings.ddof);
  if (!has_spreads(spreads)) return table;
  std::vector<double> p_values;
  for (std::size_t a = 0; a < study.catalog.dimensions.size(); ++a)
    for (std::size_t b = a + 1; b < study.catalog.dimensions.size(); ++b) {
      std::vector<double> differences;
      for (const auto& row : spreads) differences.push_back(row[a] - row[b]);
      const inference::Moments moments = inference::moments(differences);
      const inference::OneSample test = inference::one_sample_t(moments);
      p_values.push_back(test.p_value);
      table.add({study.catalog.dimensions[a], study.catalog.dimensions[b], test.estimate, test.statistic, test.df,
                 test.p_value, 0.0, test.estimate / std::sqrt(moments.variance)});
    }
  const auto adjusted = inference::adjust(p_values, inference::Adjustment::bonferroni);
  for (std::size_t r = 0; r < adjusted.size(); ++r) table.rows[r][table.column("p_bonferroni")] = adjusted[r];
  return table;
}

}  // namespace meridian::ranking
