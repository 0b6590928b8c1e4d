#include "dilemmas/step_layer.hpp"

#include <fmt/format.h>

#include <numeric>

#include "audit/group_comparison.hpp"
#include "dilemmas/step_figures.hpp"
#include "dilemmas/step_tables.hpp"
#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::dilemmas {
namespace {

TournamentOptions options_from(tables::Section& section) {
  TournamentOptions options;
  options.minimum_count = section.integer("minimum_count", 1, 1, 1'000'000'000);
  const std::string margin = section.text("margin", "0");
  if (!tables::parse_number(margin, options.margin) || options.margin < 0 || !(options.margin < 0.5))
    throw InputError(section.where("margin"), "'" + margin + "'", "a number from 0 to below 0.5", "Correct it");
  return options;
}

void describe(const StepResults& found, const audit::LayerInput& input, audit::LayerResult& result) {
  result.section.title = "Dilemmas in steps";
  result.section.paragraphs = {fmt::format(
      "{} rows of answers by {} models to {} dilemmas in up to {} steps between {} values; {} answers invalid, {} "
      "refused.",
      found.rows, found.contests.models.size(), found.labels.dilemmas.size(), found.labels.steps,
      found.labels.values.size(),
      std::accumulate(found.contests.invalid.begin(), found.contests.invalid.end(), std::int64_t{0}),
      std::accumulate(found.contests.refused.begin(), found.contests.refused.end(), std::int64_t{0}))};
  if (found.labels.folded > 0)
    result.section.notes.push_back(
        {findings::Severity::info, "labels of " + input.name,
         fmt::format("{} of {} value labels were not written in lower case without outer blanks; they were folded.",
                     found.labels.folded, found.labels.written),
         ""});
}

audit::LayerResult run(const audit::RecordFiles& answers, const audit::RecordFiles& labels,
                       const TournamentOptions& options, const audit::LayerInput& input, const audit::Team& team) {
  StepResults found;
  found.labels = read_step_labels(labels);
  found.options = options;
  audit::RowFaults faults;
  found.contests = read_contests(answers, found.labels, team, faults);
  found.rows = faults.rows();
  complete(team, input.settings, found);
  audit::LayerResult result;
  faults.into(result.ledger, input.name, "answers");
  if (found.labels.repeated > 0)
    result.ledger.add(input.name, "labelled steps", "labelled before with the same values", "", found.labels.repeated);
  result.summary = summary_of(found);
  describe(found, input, result);
  result.section.tables = {score_table(found),
                           win_table(found, input.settings.confidence),
                           steadiness_table(found),
                           volatility_table(found),
                           stability_table(found),
                           transitivity_table(found),
                           cycle_table(found),
                           strength_table(found, input.settings.confidence),
                           fit_table(found),
                           meeting_table(found.labels),
                           audit::group_tests(audit::values_of(result.summary), input.models, input.settings)};
  result.section.figures = step_figures(found);
  return result;
}

}  // namespace

audit::Work step_layer(audit::LayerInput& input) {
  const auto answers = audit::record_files(input, "answers", "the models' choices", step_answer_fields());
  const auto labels = audit::record_files(input, "labels", "the values of the choices by step", label_fields());
  const TournamentOptions options = options_from(input.options);
  input.options.finish();
  return [=](const audit::Team& team) { return run(answers, labels, options, input, team); };
}

}  // namespace meridian::dilemmas
