#include "dilemmas/dilemma_layer.hpp"

#include <algorithm>

#include "audit/group_comparison.hpp"
#include "dilemmas/dilemma_tables.hpp"
#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::dilemmas {
namespace {

ChoiceOptions options_from(tables::Section& section) {
  ChoiceOptions options;
  options.templates = section.words("templates", {"direct", "direct-reverse", "compare", "compare-reverse"});
  options.reversed = section.words("reversed", {"direct-reverse", "compare-reverse"});
  options.positions = section.choice("choice", "action", {"action", "position"}) == "position";
  if (options.templates.empty())
    throw InputError(section.where("templates"), "nothing", "at least one template", "Name them, the first counts");
  return options;
}

audit::LayerResult run(const audit::RecordFiles& answers, const audit::RecordFiles& dilemmas,
                       const ChoiceOptions& options, const audit::LayerInput& input, const audit::Team& team) {
  const Corpus corpus = read_corpus(dilemmas);
  audit::RowFaults faults;
  const Choices choices = read_choices(answers, corpus, options, team, faults);
  audit::LayerResult result;
  faults.into(result.ledger, input.name, "answers");
  const auto found = preferences(choices, corpus, input.settings.confidence);
  result.section.paragraphs = {sample_sentence(choices, corpus, faults.rows())};
  result.section.tables = {preference_table(found, choices, corpus), answer_table(choices)};
  result.section.figures = {preference_figure(found, choices, corpus)};
  std::vector<audit::ModelValue> values;
  for (const Preference& one : found) {
    if (one.rule != ChoiceRule::one_template) continue;
    const std::string metric =
        "share choosing " + corpus.pairs[one.pair].values[0] + " over " + corpus.pairs[one.pair].values[1];
    values.push_back({metric, choices.models[one.model], one.share});
    result.summary.push_back(
        {choices.models[one.model], metric, one.share, one.low, one.high, "Wilson", one.first + one.second});
  }
  result.section.tables.push_back(audit::group_tests(values, input.models, input.settings));
  return result;
}

}  // namespace

audit::Work dilemma_layer(audit::LayerInput& input) {
  const auto answers = audit::record_files(input, "answers", "the models' choices", answer_fields());
  const auto dilemmas = audit::record_files(input, "dilemmas", "the dilemmas with their values", corpus_fields());
  const ChoiceOptions options = options_from(input.options);
  input.options.finish();
  return [=](const audit::Team& team) { return run(answers, dilemmas, options, input, team); };
}

}  // namespace meridian::dilemmas
