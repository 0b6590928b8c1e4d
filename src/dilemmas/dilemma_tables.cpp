#include "dilemmas/dilemma_tables.hpp"

#include <fmt/format.h>

#include <map>

#include "inference/multiplicity.hpp"

namespace meridian::dilemmas {

using findings::Kind;

std::string sample_sentence(const Choices& choices, const Corpus& corpus, std::int64_t rows) {
  return fmt::format("{} rows of answers by {} models to {} dilemmas in {} pairs of values under {} templates.", rows,
                     choices.models.size(), corpus.dilemmas.size(), corpus.pairs.size(), choices.templates.size());
}

findings::Table preference_table(const std::vector<Preference>& found, const Choices& choices, const Corpus& corpus) {
  findings::Table table{"preferences",
                        "Which value the models prefer",
                        "Dilemmas in which the model chose the action of value or of other, by the rule of what "
                        "counts as its choice; share = value / (value + other), Wilson's interval, exact binomial "
                        "test against one half; p_holm over models and pairs of a rule.",
                        {{"model", Kind::text, ""},
                         {"pair", Kind::text, ""},
                         {"rule", Kind::text, ""},
                         {"value", Kind::text, ""},
                         {"other", Kind::text, ""},
                         {"n_value", Kind::integer, "dilemmas"},
                         {"n_other", Kind::integer, "dilemmas"},
                         {"n_undetermined", Kind::integer, "dilemmas"},
                         {"share", Kind::real, ""},
                         {"conf_low", Kind::real, ""},
                         {"conf_high", Kind::real, ""},
                         {"p_value", Kind::real, ""},
                         {"p_holm", Kind::real, ""}},
                        {}};
  std::map<ChoiceRule, std::vector<double>> p_values;
  for (const Preference& one : found) p_values[one.rule].push_back(one.p_value);
  std::map<ChoiceRule, std::size_t> next;
  for (auto& [rule, values] : p_values) values = inference::adjust(values, inference::Adjustment::holm);
  for (const Preference& one : found) {
    const ValuePair& pair = corpus.pairs[one.pair];
    table.add({choices.models[one.model], pair.name, rule_name(one.rule), pair.values[0], pair.values[1], one.first,
               one.second, one.undetermined, one.share, one.low, one.high, one.p_value,
               p_values[one.rule][next[one.rule]++]});
  }
  return table;
}

findings::Table answer_table(const Choices& choices) {
  findings::Table table{"answers",
                        "Answers that are choices",
                        "Rows of every model: valid choices, invalid answers, refusals.",
                        {{"model", Kind::text, ""},
                         {"valid", Kind::integer, "rows"},
                         {"invalid", Kind::integer, "rows"},
                         {"refused", Kind::integer, "rows"}},
                        {}};
  for (std::size_t m = 0; m < choices.models.size(); ++m)
    table.add({choices.models[m], choices.counts[m].valid, choices.counts[m].invalid, choices.counts[m].refused});
  return table;
}

findings::Figure preference_figure(const std::vector<Preference>& found, const Choices& choices, const Corpus& corpus) {
  auto figure = findings::make_figure(findings::FigureKind::intervals, "preferences", "Shares of the preferred values");
  figure.x = {.title = "Model"};
  figure.y = {.title = "Share choosing the value", .low = 0.0, .high = 1.0, .reference = 0.5};
  figure.sample = fmt::format("{} models, {} dilemmas", choices.models.size(), corpus.dilemmas.size());
  figure.interval = "Wilson";
  figure.caption = "One panel per pair of values, answers under the first template; the line is no preference.";
  figure.alt = "For every pair of values the models' shares of dilemmas decided for the first value, with intervals.";
  for (const Preference& one : found)
    if (one.rule == ChoiceRule::one_template && one.first + one.second > 0)
      figure.add({corpus.pairs[one.pair].values[0] + " over " + corpus.pairs[one.pair].values[1],
                  choices.models[one.model], std::string(), std::string(), one.share, one.low, one.high,
                  one.first + one.second});
  return figure;
}

}  // namespace meridian::dilemmas
