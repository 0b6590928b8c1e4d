#include "alignment/first_token_study.hpp"

#include <numeric>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::alignment {
namespace {

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

HumanAnswers humans_from(const FirstTokenInputs& inputs, const std::string& source, findings::Ledger& ledger) {
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

std::vector<SplitCell> cells_from(const FirstTokenInputs& inputs, const HumanAnswers& humans) {
  if (!inputs.splits.empty()) return read_splits(inputs.splits, humans);
  SplitCell all{"all", "test", std::vector<std::size_t>(humans.records.size())};
  std::iota(all.records.begin(), all.records.end(), std::size_t{0});
  return {all};
}

void add_model(const FirstTokenInputs& inputs, const audit::LayerInput& input, const audit::Team& team,
               const ModelScores& model, FirstTokenStudy& study) {
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

}  // namespace

FirstTokenInputs first_token_inputs(audit::LayerInput& input) {
  FirstTokenInputs inputs;
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

FirstTokenStudy first_token_study(const FirstTokenInputs& inputs, const audit::LayerInput& input,
                                  const audit::Team& team, findings::Ledger& ledger) {
  FirstTokenStudy study;
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

}  // namespace meridian::alignment
