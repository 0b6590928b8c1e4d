#include "dilemmas/dilemma_tables.hpp"

#include <cmath>
#include <map>

#include "findings/columns.hpp"
#include "inference/multiplicity.hpp"
#include "inference/student_interval.hpp"
#include "inference/two_sample.hpp"

namespace meridian::dilemmas {
namespace {

using findings::Column;
using findings::integer_column;
using findings::real_column;
using findings::text_column;

const Column kModel = text_column("model"), kPair = text_column("pair"), kLow = real_column("conf_low"),
             kHigh = real_column("conf_high"), kP = real_column("p_value"), kHolm = real_column("p_holm");

/// Holm's p-values within each rule, in the order of the preferences.
std::vector<double> holm_by_rule(const std::vector<Preference>& found) {
  std::map<ChoiceRule, std::vector<double>> by_rule;
  for (const Preference& one : found) by_rule[one.rule].push_back(one.p_value);
  for (auto& [rule, values] : by_rule) values = inference::adjust(values, inference::Adjustment::holm);
  std::map<ChoiceRule, std::size_t> next;
  std::vector<double> adjusted;
  for (const Preference& one : found) adjusted.push_back(by_rule[one.rule][next[one.rule]++]);
  return adjusted;
}

}  // namespace

findings::Table preference_table(const DilemmaResults& results) {
  findings::Table table{"preferences",
                        "Which value the models prefer",
                        "Dilemmas in which the model chose the action of value or of other, by the rule of what "
                        "counts as its choice; share = value / (value + other), Wilson's interval, exact binomial "
                        "test against one half; p_holm over models and pairs of a rule.",
                        {kModel, kPair, text_column("rule"), text_column("value"), text_column("other"),
                         integer_column("n_value", "dilemmas"), integer_column("n_other", "dilemmas"),
                         integer_column("n_undetermined", "dilemmas"), real_column("share"), kLow, kHigh, kP, kHolm},
                        {}};
  const std::vector<double> adjusted = holm_by_rule(results.preferences);
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    const Preference& one = results.preferences[i];
    const ValuePair& pair = results.corpus.pairs[one.pair];
    table.add({results.choices.models[one.model], pair.name, rule_name(one.rule), pair.values[0], pair.values[1],
               one.first, one.second, one.undetermined, one.share, one.low, one.high, one.p_value, adjusted[i]});
  }
  return table;
}

findings::Table preference_mean_table(const DilemmaResults& results, double confidence) {
  findings::Table table{"preference_means",
                        "Preferred values, mean of the models",
                        "Unweighted mean and SD of the models' shares, Student's interval of the mean: models are "
                        "counted, not dilemmas.",
                        {kPair, text_column("rule"), text_column("value"), integer_column("models", "models"),
                         real_column("mean_share"), kLow, kHigh, real_column("sd")},
                        {}};
  for (const ChoiceRule rule : kChoiceRules)
    for (std::size_t pair = 0; pair < results.corpus.pairs.size(); ++pair) {
      std::vector<double> shares;
      for (const Preference& one : results.preferences)
        if (one.rule == rule && one.pair == pair && !std::isnan(one.share)) shares.push_back(one.share);
      const inference::Moments found = inference::moments(shares);
      const inference::Interval limits = inference::student_interval(found, confidence);
      table.add({results.corpus.pairs[pair].name, rule_name(rule), results.corpus.pairs[pair].values[0],
                 static_cast<std::int64_t>(found.n), found.mean, limits.low, limits.high, std::sqrt(found.variance)});
    }
  return table;
}

findings::Table agreement_table(const DilemmaResults& results) {
  findings::Table table{
      "agreement",
      "The same choice under all templates",
      "Dilemmas asked under the first so many templates; agreeing: the same valid choice in all. "
      "invalid: a dilemma with an invalid answer disagrees, or is excluded. Wilson's interval.",
      {kModel, kPair, integer_column("templates", ""), text_column("invalid"), integer_column("agreeing", "dilemmas"),
       integer_column("n", "dilemmas"), real_column("ratio"), kLow, kHigh},
      {}};
  for (const Agreement& one : results.agreements)
    table.add({results.choices.models[one.model], scope_name(results.corpus, one.scope),
               static_cast<std::int64_t>(one.templates),
               std::string(one.rule == InvalidRule::disagrees ? "disagrees" : "excluded"), one.agreeing, one.dilemmas,
               one.ratio, one.low, one.high});
  return table;
}

findings::Table template_table(const DilemmaResults& results) {
  findings::Table table{
      "templates",
      "Agreement beyond chance, and the place in the list",
      "Fleiss' kappa of all templates over the dilemmas whose answers are all valid (1 is perfect, 0 "
      "chance); first_listed: share of valid answers that take the action listed first (0.5 without "
      "position bias when every template has its reverse). Percentile intervals, bootstrap over "
      "dilemmas within pairs.",
      {kModel, kPair, integer_column("kappa_dilemmas", "dilemmas"), real_column("kappa"), real_column("kappa_low"),
       real_column("kappa_high"), integer_column("answers", "answers"), real_column("first_listed"),
       real_column("first_listed_low"), real_column("first_listed_high")},
      {}};
  const std::size_t scopes = scope_count(results.corpus);
  for (std::size_t i = 0; i < results.statistics.size(); ++i) {
    const TemplateStatistics& found = results.statistics[i];
    const inference::Interval &kappa = results.limits[3 * i], &listed = results.limits[3 * i + 1];
    table.add({results.choices.models[i / scopes], scope_name(results.corpus, i % scopes),
               static_cast<std::int64_t>(found.kappa_dilemmas), found.kappa, kappa.low, kappa.high,
               static_cast<std::int64_t>(found.first_listed_answers), found.first_listed, listed.low, listed.high});
  }
  return table;
}

findings::Table adherence_table(const DilemmaResults& results) {
  findings::Table table{"adherence",
                        "Choices that follow a requested value",
                        "Valid answers to prompts that ask for one of the values, and the share that follows; one half "
                        "is chance. Percentile interval, bootstrap over dilemmas within pairs.",
                        {kModel, kPair, integer_column("n", "answers"), real_column("accuracy"), kLow, kHigh},
                        {}};
  const std::size_t scopes = scope_count(results.corpus);
  for (std::size_t i = 0; i < results.statistics.size(); ++i) {
    const TemplateStatistics& found = results.statistics[i];
    const inference::Interval& limits = results.limits[3 * i + 2];
    if (found.adherence_answers > 0)
      table.add({results.choices.models[i / scopes], scope_name(results.corpus, i % scopes),
                 static_cast<std::int64_t>(found.adherence_answers), found.adherence, limits.low, limits.high});
  }
  return table;
}

findings::Table flip_table(const DilemmaResults& results) {
  findings::Table table{"consequence_flips",
                        "Choices changed for consequences",
                        "Dilemmas with a valid choice before and after a bad outcome was attached to it (and a good "
                        "one to the other action); rate = flips / n, Wilson's interval.",
                        {kModel, kPair, integer_column("flips", "dilemmas"), integer_column("n", "dilemmas"),
                         real_column("rate"), kLow, kHigh},
                        {}};
  for (const Flips& one : results.flips)
    if (one.dilemmas > 0)
      table.add({results.choices.models[one.model], scope_name(results.corpus, one.scope), one.flips, one.dilemmas,
                 one.rate, one.low, one.high});
  return table;
}

findings::Table flip_test_table(const DilemmaResults& results) {
  findings::Table table{
      "flip_tests",
      "Who changes the choice more often",
      "Models in pairs on the dilemmas that both answered before and after; only_first, only_second: "
      "dilemmas in which one of them changed alone; difference of the rates with Bonett and Price's interval; "
      "exact McNemar test, p_holm over the pairs.",
      {text_column("first"), text_column("second"), integer_column("n", "dilemmas"),
       integer_column("only_first", "dilemmas"), integer_column("only_second", "dilemmas"), real_column("difference"),
       kLow, kHigh, kP, kHolm},
      {}};
  std::vector<double> p_values;
  for (const FlipTest& test : results.flip_tests) p_values.push_back(test.p_value);
  const std::vector<double> adjusted = inference::adjust(p_values, inference::Adjustment::holm);
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    const FlipTest& test = results.flip_tests[i];
    table.add({results.choices.models[test.first], results.choices.models[test.second], test.dilemmas, test.only_first,
               test.only_second, test.difference, test.low, test.high, test.p_value, adjusted[i]});
  }
  return table;
}

findings::Table answer_table(const DilemmaResults& results) {
  findings::Table table{
      "answers",
      "Answers that are choices",
      "Rows of every model: valid choices, invalid answers, refusals.",
      {kModel, integer_column("valid", "rows"), integer_column("invalid", "rows"), integer_column("refused", "rows")},
      {}};
  for (std::size_t m = 0; m < results.choices.models.size(); ++m) {
    const AnswerCounts& counts = results.choices.counts[m];
    table.add({results.choices.models[m], counts.valid, counts.invalid, counts.refused});
  }
  return table;
}

}  // namespace meridian::dilemmas
