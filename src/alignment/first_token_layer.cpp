#include "alignment/first_token_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "alignment/first_token_tables.hpp"
#include "audit/group_comparison.hpp"
#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::alignment {
namespace {

struct Inputs {
  audit::RecordFiles scores, distributions;
  std::vector<std::filesystem::path> records;
  std::filesystem::path splits;
  bool log_probabilities = false;
  PathOptions path;
};

std::vector<double> ridges_from(tables::Section& options) {
  std::vector<double> ridges;
  for (const std::string& word : options.words("ridges", {"0.0001", "0.001", "0.01", "0.1", "1", "10"})) {
    double ridge = 0;
    if (!tables::parse_number(word, ridge) || !(ridge > 0))
      throw InputError(options.where("ridges"), "'" + word + "'", "numbers above 0", "Correct it");
    ridges.push_back(ridge);
  }
  return ridges;
}

Inputs inputs_from(audit::LayerInput& input) {
  Inputs inputs;
  inputs.scores = audit::record_files(input, "scores", "the models' logits or log-probabilities", score_fields());
  inputs.log_probabilities =
      input.options.choice("values", "logits", {"logits", "log-probabilities"}) == "log-probabilities";
  if (input.options.has("records") == input.options.has("distributions"))
    throw InputError(input.options.where("records, distributions"), input.options.has("records") ? "both" : "neither",
                     "people's distributions as JSON records or as a table", "Give exactly one of the two");
  if (input.options.has("records"))
    inputs.records = input.file_list("records", "JSON records of country distributions");
  else
    inputs.distributions = audit::record_files(input, "distributions", "people's distributions", distribution_fields());
  inputs.splits = input.optional_file("splits", "groups of countries and questions");
  inputs.path.ridges = ridges_from(input.options);
  inputs.path.folds = static_cast<std::size_t>(input.options.integer("folds", 5, 2, 1000));
  inputs.path.seed = input.settings.seed;
  return inputs;
}

HumanAnswers humans_from(const Inputs& inputs, const std::string& source, findings::Ledger& ledger) {
  HumanAnswers humans;
  audit::RowFaults faults;
  for (const auto& file : inputs.records) read_distribution_records(file, humans, faults);
  if (!inputs.distributions.files.empty()) read_distribution_rows(inputs.distributions, humans, faults);
  faults.into(ledger, source, "rows of people's distributions");
  if (humans.records.empty())
    throw InputError("[layer " + source + "]", "no distribution of people's answers that can be used",
                     "shares of options by country and question", "Look at the files named there");
  return humans;
}

std::vector<SplitCell> cells_from(const Inputs& inputs, const HumanAnswers& humans) {
  if (!inputs.splits.empty()) return read_splits(inputs.splits, humans);
  SplitCell all{"all", "test", std::vector<std::size_t>(humans.records.size())};
  std::iota(all.records.begin(), all.records.end(), std::size_t{0});
  return {all};
}

struct Study {
  HumanAnswers humans;
  std::vector<SplitCell> cells;
  std::vector<ModelScores> models;
  std::vector<Method> methods;
  std::vector<ModelCalibration> calibrations;
};

void add_model(const Inputs& inputs, const audit::LayerInput& input, const audit::Team& team, const ModelScores& model,
               Study& study) {
  const std::vector<std::size_t> training = records_of(study.cells, "train");
  study.methods.push_back(zero_shot(model));
  study.methods.push_back(zero_shot_control(study.humans, model, input.settings.seed));
  if (inputs.splits.empty()) return;
  const Terms terms = terms_for(study.humans);
  study.calibrations.push_back(calibrate_model(study.humans, model, terms, training, inputs.path, team,
                                               "[layer " + input.name + "], splits " + inputs.splits.string()));
  const Method calibrated = calibrated_method(study.humans, model, terms, study.calibrations.back());
  study.methods.push_back(calibrated);
  study.methods.push_back(calibrated_control(study.humans, model, calibrated, input.settings.seed));
}

Study study_from(const Inputs& inputs, const audit::LayerInput& input, const audit::Team& team,
                 findings::Ledger& ledger) {
  Study study;
  study.humans = humans_from(inputs, input.name, ledger);
  study.cells = cells_from(inputs, study.humans);
  audit::RowFaults faults;
  study.models = read_scores(inputs.scores, study.humans, faults);
  faults.into(ledger, input.name, "scores of options");
  if (study.models.empty())
    throw InputError("[layer " + input.name + "]", "no score that belongs to people's answers",
                     "scores by model, country, question and option", "Look at names of countries and questions");
  for (const ModelScores& model : study.models) add_model(inputs, input, team, model, study);
  if (!inputs.splits.empty()) study.methods.push_back(question_mean(study.humans, records_of(study.cells, "train")));
  study.methods.push_back(uniform(study.humans));
  return study;
}

bool improbable(const ModelScores& model) {
  constexpr double rounding = 1e-3;
  return std::any_of(model.plain.begin(), model.plain.end(),
                     [](const Scores& scores) { return letter_mass(scores) > 1 + rounding; });
}

void describe(const Inputs& inputs, const Study& study, findings::Section& section) {
  const HumanAnswers& humans = study.humans;
  section.paragraphs = {fmt::format(
      "{} distributions of people's answers ({} countries, {} questions; {} given as fractions, {} as percents; all "
      "normalised to sum 1) and {} models' scores of the options at the first token, taken as softmax over the "
      "options.",
      humans.records.size(), humans.countries.size(), humans.questions.size(), humans.fractions, humans.percents,
      study.models.size())};
  if (humans.off > 0)
    section.notes.push_back({findings::Severity::caution, "people's distributions",
                             fmt::format("{} of them miss the sum 1 or 100 by more than 1 %.", humans.off),
                             "Look at the source; they were normalised."});
  for (const ModelScores& model : study.models)
    if (inputs.log_probabilities && improbable(model))
      section.notes.push_back({findings::Severity::warning, model.model,
                               "The letters of some records have a probability above 1 together: these values are no "
                               "log-probabilities.",
                               "Give natural logarithms of probabilities, or values = logits."});
  if (!inputs.splits.empty())
    section.notes.push_back({findings::Severity::info, "calibrated",
                             "The calibrator turns scores that the model gave; the model itself is not fine-tuned. "
                             "Question mean knows people's answers in other countries: a calibrator below it has not "
                             "shown that the model knows countries.",
                             ""});
  if (const std::vector<std::string> unknown =
          inputs.splits.empty() ? std::vector<std::string>() : unknown_countries(inputs.splits, study.humans);
      !unknown.empty())
    section.notes.push_back({findings::Severity::caution, "splits",
                             "Countries that the splits name and people's distributions do not have: " +
                                 tables::shown_list(unknown, unknown.size()) + ".",
                             "Correct their names where they are misspelt: they count among the other countries."});
  if (records_of(study.cells, "test").empty())
    section.notes.push_back({findings::Severity::caution, "splits",
                             "No distribution of people's answers belongs to a cell with the role test: there is no "
                             "mean over test cells, and the summary says nothing of this layer.",
                             "Give answers of those countries and questions, or cells that the data have."});
  for (const ModelCalibration& one : study.calibrations)
    if (!one.fit.reached)
      section.notes.push_back({findings::Severity::warning, one.model,
                               fmt::format("Newton's method stopped at decrement {:.2g}.", one.fit.decrement),
                               "Try larger ridges."});
}

void summarise(const Study& study, const AlignmentScores& scores, const audit::LayerInput& input,
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

audit::LayerResult run(const Inputs& inputs, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "First-token alignment";
  const Study study = study_from(inputs, input, team, result.ledger);
  const double confidence = input.settings.confidence;
  const AlignmentScores scores = alignment_scores(study.humans, study.cells, study.methods, input.settings, team);
  describe(inputs, study, result.section);
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
  const Inputs inputs = inputs_from(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(inputs, input, team); };
}

}  // namespace meridian::alignment
