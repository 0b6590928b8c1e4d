#include "opinions/world_values_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/group_comparison.hpp"
#include "error.hpp"
#include "opinions/world_values_tables.hpp"

namespace meridian::opinions {
namespace {

struct Inputs {
  audit::RecordFiles answers, samples, people;
  std::filesystem::path scales, percents, adjustments;
  OutOfRange rule = OutOfRange::keep;
};

OutOfRange rule_from(tables::Section& options) {
  const std::string word = options.choice("out_of_range", "keep", {"keep", "clip", "drop"});
  return word == "keep" ? OutOfRange::keep : word == "clip" ? OutOfRange::clip : OutOfRange::drop;
}

Inputs inputs_from(audit::LayerInput& input) {
  Inputs inputs;
  inputs.answers = audit::record_files(input, "answers", "the models' answers", answer_record_fields());
  inputs.scales = input.file("scales", "question_metadata.json of the benchmark");
  inputs.adjustments = input.optional_file("adjustments", "answer_adjustment.json of the benchmark");
  inputs.percents = input.optional_file("country_percents", "percents of answer codes by country");
  inputs.rule = rule_from(input.options);
  if (input.options.has("samples"))
    inputs.samples = audit::record_files(input, "samples", "who was asked what", sample_fields());
  if (input.options.has("people") == !inputs.percents.empty())
    throw InputError(input.options.where("people, country_percents"), inputs.percents.empty() ? "neither" : "both",
                     "people's own answers or percents of their countries", "Give exactly one of the two");
  if (!inputs.percents.empty() && inputs.samples.files.empty())
    throw InputError(input.options.where("samples"), "nothing", "who was asked what, to weigh the countries",
                     "Give samples beside country_percents");
  if (inputs.percents.empty())
    inputs.people = audit::record_files(input, "people", "people's answers", answer_record_fields());
  return inputs;
}

AnswerRules rules_from(const Inputs& inputs, const std::string& source, findings::Ledger& ledger) {
  AnswerRules rules;
  rules.scales = read_scales(inputs.scales);
  audit::RowFaults faults;
  rules.samples = read_samples(inputs.samples, faults);
  faults.into(ledger, source, "participants asked");
  if (!inputs.adjustments.empty()) rules.recodes = Recodes(inputs.adjustments);
  if (!inputs.percents.empty()) rules.percents = read_country_percents(inputs.percents);
  return rules;
}

ScoreCounts scores_from(const Inputs& inputs, const AnswerRules& rules, const std::string& source,
                        const audit::Team& team, findings::Ledger& ledger) {
  ScoreCounts counts;
  audit::RowFaults faults, people_faults;
  count_scores(inputs.answers, rules, false, team, counts, faults);
  faults.into(ledger, source, "answers");
  if (rules.percents)
    mix_countries(rules, counts);
  else
    count_scores(inputs.people, rules, true, team, counts, people_faults);
  people_faults.into(ledger, source, "people's answers");
  return counts;
}

void require_overlap(const RunDistances& found, const std::string& layer) {
  if (found.questions.empty() || found.runs.size() < 3)
    throw InputError("[layer " + layer + "]", "no question that both models and people answered",
                     "answers and people's answers to the same questions", "Look at names of questions and countries");
}

/// Mean distance and headline share of every run, for the summary and the tests between groups of models.
void add_values(const RunDistances& found, const std::vector<RunShares>& shares, bool percents,
                std::vector<audit::ModelValue>& values, audit::LayerResult& result) {
  const std::string caution = percents ? "people's side is percents of countries, not the people asked" : "";
  const auto headline = static_cast<std::size_t>(
      std::find(thresholds().begin(), thresholds().end(), kHeadlineThreshold) - thresholds().begin());
  for (std::size_t run = 0; run + 2 < found.runs.size(); ++run) {
    const Estimate& mean = shares[run].mean;
    result.summary.push_back({found.runs[run], "mean W1 distance to people's answers", mean.value, mean.low, mean.high,
                              "bootstrap over questions", static_cast<std::int64_t>(shares[run].questions), caution});
    const Estimate& near = shares[run].at_most[headline];
    result.summary.push_back({found.runs[run], "share of questions within W1 0.2 of people's answers", near.value,
                              near.low, near.high, "bootstrap over questions",
                              static_cast<std::int64_t>(shares[run].questions), caution});
    values.push_back({"mean W1 distance", found.runs[run], mean.value});
    values.push_back({"share of questions within 0.2", found.runs[run], near.value});
  }
}

const Stratum kAll{"all", ""};

/// Every stratum but that of all participants.
findings::Table strata_of(const ScoreCounts& counts, const AnswerRules& rules, OutOfRange rule,
                          const audit::Settings& settings) {
  findings::Table table = stratum_table();
  for (const auto& [stratum, by_question] : counts) {
    if (stratum == kAll) continue;
    const RunDistances within = run_distances(counts, stratum, rules.scales, rule);
    if (!within.questions.empty()) add_stratum(stratum, within, run_shares(within, settings), table);
  }
  return table;
}

audit::LayerResult run(const Inputs& inputs, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "WorldValuesBench";
  const AnswerRules rules = rules_from(inputs, input.name, result.ledger);
  const ScoreCounts counts = scores_from(inputs, rules, input.name, team, result.ledger);
  const RunDistances found =
      counts.count(kAll) > 0 ? run_distances(counts, kAll, rules.scales, inputs.rule) : RunDistances();
  require_overlap(found, input.name);
  const std::vector<RunShares> shares = run_shares(found, input.settings);
  result.section.paragraphs = {
      fmt::format("{} questions, {} runs; W1 distance between a run's answers and people's, on "
                  "the question's scale from 0 to 1.",
                  found.questions.size(), found.runs.size() - 2)};
  if (rules.percents)
    result.section.notes.push_back({findings::Severity::caution, "people's answers",
                                    "People's side is the mixture of their countries' percents, one share per "
                                    "participant asked; urban or rural homes and education cannot be told apart.",
                                    "Give people's own answers (people = FILE) where the licence allows."});
  std::vector<audit::ModelValue> values;
  add_values(found, shares, rules.percents.has_value(), values, result);
  result.section.tables = {share_table(found, shares), comparison_table(found, compare_runs(found, input.settings)),
                           strata_of(counts, rules, inputs.rule, input.settings), question_table(found),
                           audit::group_tests(values, input.models, input.settings)};
  result.section.figures = {share_figure(found, shares)};
  return result;
}

}  // namespace

audit::Work world_values_layer(audit::LayerInput& input) {
  const Inputs inputs = inputs_from(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(inputs, input, team); };
}

}  // namespace meridian::opinions
