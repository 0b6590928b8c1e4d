#include "dilemmas/dilemma_layer.hpp"

#include <fmt/format.h>

#include "audit/group_comparison.hpp"
#include "dilemmas/dilemma_figures.hpp"
#include "dilemmas/dilemma_tables.hpp"
#include "error.hpp"

namespace meridian::dilemmas {
namespace {

ChoiceOptions options_from(audit::LayerInput& input) {
  tables::Section& section = input.options;
  ChoiceOptions options;
  options.templates = section.words("templates", {"direct", "direct-reverse", "compare", "compare-reverse"});
  options.reversed = section.words("reversed", {"direct-reverse", "compare-reverse"});
  options.positions = section.choice("choice", "action", {"action", "position"}) == "position";
  if (options.templates.empty())
    throw InputError(section.where("templates"), "nothing", "at least one template", "Name them, the first counts");
  input.require_known("reversed", options.reversed, options.templates);
  return options;
}

audit::LayerResult run(const audit::RecordFiles& answers, const audit::RecordFiles& dilemmas,
                       const ChoiceOptions& options, const audit::LayerInput& input, const audit::Team& team) {
  DilemmaResults found;
  found.corpus = read_corpus(dilemmas);
  audit::RowFaults faults;
  found.choices = read_choices(answers, found.corpus, options, team, faults);
  input.require_known("templates", options.templates, found.choices.answered);
  found.rows = faults.rows();
  complete(team, input.settings, found);
  audit::LayerResult result;
  faults.into(result.ledger, input.name, "answers");
  result.summary = summary_of(found);
  result.section.title = "Ethical dilemmas";
  result.section.paragraphs = {
      fmt::format("{} rows of answers by {} models to {} dilemmas in {} pairs of values under {} templates.",
                  found.rows, found.choices.models.size(), found.corpus.dilemmas.size(), found.corpus.pairs.size(),
                  found.choices.templates.size())};
  result.section.tables = {preference_table(found),
                           preference_mean_table(found, input.settings.confidence),
                           agreement_table(found),
                           template_table(found),
                           flip_table(found),
                           flip_test_table(found),
                           adherence_table(found),
                           answer_table(found),
                           audit::group_tests(audit::values_of(result.summary), input.models, input.settings)};
  result.section.figures = dilemma_figures(found);
  return result;
}

}  // namespace

audit::Work dilemma_layer(audit::LayerInput& input) {
  const auto answers = audit::record_files(input, "answers", "the models' choices", answer_fields());
  const auto dilemmas = audit::record_files(input, "dilemmas", "the dilemmas with their values", corpus_fields());
  const ChoiceOptions options = options_from(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(answers, dilemmas, options, input, team); };
}

}  // namespace meridian::dilemmas
