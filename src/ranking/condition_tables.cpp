// The same models asked in two languages, or in two versions.
#include <set>

#include "findings/columns.hpp"
#include "inference/correlation.hpp"
#include "inference/multiplicity.hpp"
#include "inference/one_sample.hpp"
#include "inference/signed_rank.hpp"
#include "ranking/scores.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

const std::string& value_of(const Ranking& ranking, Condition condition) {
  return condition == Condition::language ? ranking.language : ranking.version;
}

const char* name_of(Condition condition) { return condition == Condition::language ? "language" : "version"; }

/// One row per model from the rankings under one value of the condition; empty where there is none.
Rows rows_under(const Study& study, Condition condition, const std::string& value) {
  std::vector<Ranking> rankings;
  for (const Ranking& ranking : study.rankings)
    if (value_of(ranking, condition) == value) rankings.push_back(ranking);
  return reduced(rankings, study.rows.size(), study.settings.reduction);
}

/// Two values of the condition, with the models asked under both.
struct Contrast {
  std::string first, second;
  Rows rows_first, rows_second;
  std::vector<std::size_t> models;
};

std::vector<Contrast> contrasts(const Study& study, Condition condition) {
  std::set<std::string> values;
  for (const Ranking& ranking : study.rankings) values.insert(value_of(ranking, condition));
  std::vector<Contrast> result;
  for (auto a = values.begin(); a != values.end(); ++a)
    for (auto b = std::next(a); b != values.end(); ++b) {
      Contrast contrast{*a, *b, rows_under(study, condition, *a), rows_under(study, condition, *b), {}};
      for (std::size_t i = 0; i < study.rows.size(); ++i)
        if (!contrast.rows_first[i].empty() && !contrast.rows_second[i].empty()) contrast.models.push_back(i);
      if (!contrast.models.empty()) result.push_back(std::move(contrast));
    }
  return result;
}

double footrule(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0;
  for (std::size_t t = 0; t < x.size(); ++t) sum += std::abs(x[t] - y[t]);
  return sum;
}

/// Difference of the dimension's score, first less second, for every model asked under both.
std::vector<double> differences(const Study& study, const Contrast& contrast, std::size_t dimension) {
  std::vector<double> values;
  const std::vector<std::size_t> terms = study.catalog.terms_of(dimension);
  for (const std::size_t model : contrast.models) {
    double sum = 0;
    for (const std::size_t term : terms) sum += contrast.rows_first[model][term] - contrast.rows_second[model][term];
    values.push_back(sum / static_cast<double>(terms.size()));
  }
  return values;
}

}  // namespace

Table condition_agreement_table(const Study& study, Condition condition) {
  const std::string name = name_of(condition);
  Table table{name + "_agreement",
              "Does a model's ranking change with the " + name + "?",
              "Spearman's rho, tau-b and footrule (sum of absolute differences) of its rankings under both.",
              {text_column("model"), text_column("group"), text_column(name + "_1"), text_column(name + "_2"),
               real_column("rho"), real_column("tau_b"), real_column("footrule", "rank")},
              {}};
  for (const Contrast& contrast : contrasts(study, condition))
    for (const std::size_t i : contrast.models) {
      const auto &x = contrast.rows_first[i], &y = contrast.rows_second[i];
      table.add({study.catalog.models[i].name, study.catalog.groups[study.groups[i]], contrast.first, contrast.second,
                 inference::spearman(x, y), inference::kendall_tau_b(x, y), footrule(x, y)});
    }
  return table;
}

Table condition_dimension_table(const Study& study, Condition condition) {
  const std::string name = name_of(condition);
  Table table{
      name + "_dimensions",
      "Dimension scores by " + name + ", paired over models",
      "Differences first minus second. Wilcoxon's signed ranks (zero differences left out; exact given the "
      "ties) and the paired t test; q_value: Benjamini-Hochberg of p_exact over the dimensions.",
      {text_column("dimension"), text_column(name + "_1"), text_column(name + "_2"), integer_column("models", "models"),
       real_column("difference", "rank"), real_column("v"), real_column("p_value"), real_column("p_exact"),
       real_column("q_value"), real_column("rank_biserial"), real_column("t"), real_column("p_t")},
      {}};
  for (const Contrast& contrast : contrasts(study, condition)) {
    std::vector<double> p_values;
    const std::size_t start = table.rows.size();
    for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
      const std::vector<double> values = differences(study, contrast, d);
      const inference::SignedRank ranks = inference::signed_rank(values);
      const inference::OneSample mean = inference::one_sample_t(inference::moments(values));
      p_values.push_back(ranks.p_exact);
      table.add({study.catalog.dimensions[d], contrast.first, contrast.second, static_cast<std::int64_t>(values.size()),
                 mean.estimate, ranks.v, ranks.p_value, ranks.p_exact, 0.0, ranks.rank_biserial, mean.statistic,
                 mean.p_value});
    }
    const auto adjusted = inference::adjust(p_values, inference::Adjustment::benjamini_hochberg);
    for (std::size_t d = 0; d < adjusted.size(); ++d) table.rows[start + d][table.column("q_value")] = adjusted[d];
  }
  return table;
}

}  // namespace meridian::ranking
