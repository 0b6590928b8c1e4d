#include "alignment/first_token_layer.hpp"

#include <cmath>

#include "alignment/first_token_notes.hpp"
#include "alignment/first_token_tables.hpp"
#include "audit/group_comparison.hpp"

namespace meridian::alignment {
namespace {

void summarise(const FirstTokenStudy& study, const AlignmentScores& scores, const audit::LayerInput& input,
               audit::LayerResult& result) {
  const std::size_t mean = scores.cells.size() - 1;
  const double confidence = input.settings.confidence;
  std::vector<audit::ModelValue> values;
  for (std::size_t m = 0; m < study.methods.size(); ++m) {
    const Method& method = study.methods[m];
    if (method.model.empty() || is_control(method)) continue;
    const std::string fitted =
        method.name == "calibrated" ? "fitted to people's answers; says nothing of the model alone" : "";
    const auto add = [&](const std::string& metric, const Estimate& found, const std::string& caution) {
      if (std::isnan(found.value)) return;
      result.summary.push_back({method.model, metric + ", " + method.name, found.value, found.low, found.high,
                                "bootstrap over countries and questions",
                                scores.records[m * scores.cells.size() + mean], caution});
    };
    for (std::size_t measure = 0; measure < kMeasures; ++measure)
      values.push_back({std::string(kMeasureNames[measure]) + ", " + method.name, method.model,
                        score(scores, m, mean, static_cast<Measure>(measure), confidence).value});
    add("sim_js to people's distributions", score(scores, m, mean, Measure::sim_js, confidence), fitted);
    add("emd_ord_norm to people's distributions", score(scores, m, mean, Measure::emd_ord_norm, confidence), fitted);
    const std::size_t control = control_of(study.methods, m);
    if (control == study.methods.size()) continue;
    const Estimate context = difference(scores, m, control, mean, Measure::sim_js, confidence);
    values.push_back({"context sensitivity, " + method.name, method.model, context.value});
    add("context sensitivity (sim_js less [ctrl])", context,
        context.low <= 0 && context.high >= 0 ? "no sign that the answers depend on the country" : "");
  }
  result.section.tables.push_back(audit::group_tests(values, input.models, input.settings));
}

audit::LayerResult run(const FirstTokenInputs& inputs, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "First-token alignment";
  const FirstTokenStudy study = first_token_study(inputs, input, team, result.ledger);
  const double confidence = input.settings.confidence;
  const AlignmentScores scores = alignment_scores(study.humans, study.cells, study.methods, input.settings, team);
  result.section.paragraphs = {first_token_sentence(study)};
  result.section.notes = first_token_notes(inputs, study);
  result.section.tables = {side_by_side_table(scores, study.methods),
                           alignment_table(scores, study.methods, confidence),
                           contrast_table(scores, study.methods, confidence),
                           score_table(study.humans, study.models, inputs.log_probabilities),
                           path_table(study.calibrations),
                           term_table(study.humans, terms_for(study.humans), study.calibrations)};
  result.section.figures = {alignment_figure(scores, study.methods, confidence)};
  findings::Figure pairs = distribution_figure(study.humans, study.cells, study.methods);
  if (!pairs.data.rows.empty()) result.section.figures.push_back(std::move(pairs));
  summarise(study, scores, input, result);
  return result;
}

}  // namespace

audit::Work first_token_layer(audit::LayerInput& input) {
  const FirstTokenInputs inputs = first_token_inputs(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(inputs, input, team); };
}

}  // namespace meridian::alignment
