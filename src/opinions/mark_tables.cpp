#include "opinions/mark_tables.hpp"

#include <cmath>

#include "audit/replicate_limits.hpp"
#include "findings/columns.hpp"
#include "inference/exact_binomial.hpp"
#include "inference/multiplicity.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::Column;
using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

std::vector<Column> with_metrics(std::vector<Column> columns) {
  for (const Metric metric : kAllMetrics) columns.push_back(real_column(name(metric)));
  return columns;
}

std::vector<double> holm(const std::vector<double>& p_values) {
  return inference::adjust(p_values, inference::Adjustment::holm);
}

std::vector<double> ones(const MarkStudy& study) { return std::vector<double>(study.people.questions.size(), 1.0); }

/// Questions of a type that are in the study.
std::int64_t questions_of(const MarkStudy& study, std::size_t type) {
  std::int64_t count = 0;
  for (const std::string& question : study.people.questions)
    count += type == kAllTypes || study.types.type[study.types.find(question)] == type ? 1 : 0;
  return count;
}

}  // namespace

Table agreement_table(const MarkStudy& study) {
  Table table{
      "agreement",
      "How well predictions meet people's answers",
      "Means over questions. Setting pooled: all sampled people together; countries: mean over countries of the "
      "mean over questions; global: against the published distribution of each country. Accuracy: of all "
      "answers, the others: every question counts alike. Percentile interval of a bootstrap over questions.",
      {text_column("model"), text_column("setting"), text_column("type"), text_column("metric"), real_column("value"),
       real_column("conf_low"), real_column("conf_high"), integer_column("questions", "questions")},
      {}};
  const auto& list = study.statistics.list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    const inference::Interval limits = audit::replicate_limits(study.replicates.col(column), study.confidence);
    table.add({study.predictions.models[list[i].model], name(list[i].setting),
               list[i].type == kAllTypes ? std::string("all") : study.types.types[list[i].type], name(list[i].metric),
               study.values[column], limits.low, limits.high, questions_of(study, list[i].type)});
  }
  return table;
}

Table question_table(const MarkStudy& study) {
  Table table{"questions",
              "Agreement by question",
              "All sampled people together; invalid: predictions that are no answer. kappa of valid pairs, weighted by "
              "the distance of codes; NaN where both raters are constant and equal, 0 where one is constant.",
              with_metrics({text_column("model"), text_column("question"), text_column("type"),
                            integer_column("people", "predictions"), integer_column("invalid", "predictions")}),
              {}};
  for (std::size_t m = 0; m < study.predictions.models.size(); ++m)
    for (std::size_t q = 0; q < study.people.questions.size(); ++q) {
      const Agreement found = agreement(study.predictions.pooled(m, q), study.predictions.ranges[q], study.rule);
      std::vector<Cell> row{study.predictions.models[m], study.people.questions[q], study.type_name(q), found.people,
                            found.invalid};
      for (const double value : found.values) row.emplace_back(value);
      table.add(std::move(row));
    }
  return table;
}

Table country_table(const MarkStudy& study) {
  Table table{"countries",
              "Agreement by country",
              "Means over questions of the people of a country; global: against its published distribution. "
              "Percentile interval of a bootstrap over questions.",
              {text_column("model"), text_column("country"), text_column("setting"), text_column("metric"),
               real_column("value"), real_column("conf_low"), real_column("conf_high")},
              {}};
  const auto weights = ones(study);
  const std::vector<MarkStatistic> list = study.statistics.by_country();
  const std::size_t countries = study.people.countries.size();
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t c = 0; c < countries; ++c) {
      const double value = study.statistics.country_mean(list[i], c, weights);
      if (std::isnan(value)) continue;
      const std::string& country = study.people.countries[c];
      const auto row = static_cast<Eigen::Index>(i * countries + c);
      table.add({study.predictions.models[list[i].model], country.empty() ? std::string("all") : country,
                 name(list[i].setting), name(list[i].metric), value, study.country_limits(row, 0),
                 study.country_limits(row, 1)});
    }
  return table;
}

Table comparison_table(const MarkStudy& study) {
  Table table{"comparisons",
              "Models compared on the same questions",
              "Pooled setting, first minus second: paired bootstrap over questions (percentile interval, p), paired t, "
              "Wilcoxon's signed ranks; p_holm: Wilcoxon's p over all rows.",
              {text_column("first"), text_column("second"), text_column("metric"),
               integer_column("questions", "questions"), real_column("estimate"), real_column("conf_low"),
               real_column("conf_high"), real_column("statistic"), real_column("df"), real_column("p_t"),
               real_column("p_wilcoxon"), real_column("p_bootstrap"), real_column("p_holm")},
              {}};
  const std::vector<MarkComparison> all = mark_comparisons(study);
  std::vector<double> p_values;
  for (const MarkComparison& one : all) p_values.push_back(one.p_wilcoxon);
  p_values = holm(p_values);
  for (std::size_t i = 0; i < all.size(); ++i)
    table.add({study.predictions.models[all[i].first], study.predictions.models[all[i].second], name(all[i].metric),
               static_cast<std::int64_t>(all[i].questions), all[i].estimate, all[i].low, all[i].high, all[i].statistic,
               all[i].df, all[i].p_t, all[i].p_wilcoxon, all[i].p_bootstrap, p_values[i]});
  return table;
}

Table accuracy_pair_table(const MarkStudy& study) {
  Table table{"accuracy_pairs",
              "Which model meets the answers that the other misses",
              "People's answers predicted by both models; McNemar's exact test takes them as independent, but answers "
              "of a person and to a question belong together: trust the comparison over questions first.",
              {text_column("first"), text_column("second"), integer_column("both", "answers"),
               integer_column("only_first", "answers"), integer_column("only_second", "answers"),
               integer_column("neither", "answers"), real_column("p_value"), real_column("p_holm")},
              {}};
  const auto& models = study.predictions.models;
  std::vector<double> p_values;
  for (std::size_t a = 0; a < models.size(); ++a)
    for (std::size_t b = a + 1; b < models.size(); ++b) {
      const OutcomePairs pairs = outcome_pairs(study.predictions.outcomes[a], study.predictions.outcomes[b]);
      p_values.push_back(inference::exact_mcnemar_p(pairs.only_first, pairs.only_second));
      table.add({models[a], models[b], pairs.both, pairs.only_first, pairs.only_second, pairs.neither, p_values.back(),
                 Cell()});
    }
  p_values = holm(p_values);
  for (std::size_t i = 0; i < p_values.size(); ++i) table.rows[i].back() = p_values[i];
  return table;
}

}  // namespace meridian::opinions
