#include "alignment/first_token_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tables/text.hpp"

namespace meridian::alignment {
namespace {

using findings::Note;
using findings::Severity;

bool improbable(const ModelScores& model) {
  constexpr double rounding = 1e-3;
  return std::any_of(model.plain.begin(), model.plain.end(),
                     [](const Scores& scores) { return letter_mass(scores) > 1 + rounding; });
}

void add_notes_of_data(const FirstTokenInputs& inputs, const FirstTokenStudy& study, std::vector<Note>& notes) {
  if (study.humans.off > 0)
    notes.push_back({Severity::caution, "people's distributions",
                     fmt::format("{} of them miss the sum 1 or 100 by more than 1 %.", study.humans.off),
                     "Look at the source; they were normalised."});
  for (const ModelScores& model : study.models)
    if (inputs.log_probabilities && improbable(model))
      notes.push_back({Severity::warning, model.model,
                       "The letters of some records have a probability above 1 together: these values are no "
                       "log-probabilities.",
                       "Give natural logarithms of probabilities, or values = logits."});
}

void add_notes_of_splits(const FirstTokenInputs& inputs, const FirstTokenStudy& study, std::vector<Note>& notes) {
  if (inputs.splits.empty()) return;
  notes.push_back({Severity::info, "calibrated",
                   "The calibrator turns scores that the model gave; the model itself is not fine-tuned. "
                   "Question mean knows people's answers in other countries: a calibrator below it has not "
                   "shown that the model knows countries.",
                   ""});
  if (const auto unknown = unknown_countries(inputs.splits, study.humans); !unknown.empty())
    notes.push_back({Severity::caution, "splits",
                     "Countries that the splits name and people's distributions do not have: " +
                         tables::shown_list(unknown, unknown.size()) + ".",
                     "Correct their names where they are misspelt: they count among the other countries."});
}

}  // namespace

std::string first_token_sentence(const FirstTokenStudy& study) {
  const HumanAnswers& humans = study.humans;
  return fmt::format(
      "{} distributions of people's answers ({} countries, {} questions; {} given as fractions, {} as percents; all "
      "normalised to sum 1) and {} models' scores of the options at the first token, taken as softmax over the "
      "options.",
      humans.records.size(), humans.countries.size(), humans.questions.size(), humans.fractions, humans.percents,
      study.models.size());
}

std::vector<Note> first_token_notes(const FirstTokenInputs& inputs, const FirstTokenStudy& study) {
  std::vector<Note> notes;
  add_notes_of_data(inputs, study, notes);
  add_notes_of_splits(inputs, study, notes);
  if (records_of(study.cells, "test").empty())
    notes.push_back({Severity::caution, "splits",
                     "No distribution of people's answers belongs to a cell with the role test: there is no "
                     "mean over test cells, and the summary says nothing of this layer.",
                     "Give answers of those countries and questions, or cells that the data have."});
  for (const ModelCalibration& one : study.calibrations)
    if (!one.fit.reached)
      notes.push_back({Severity::warning, one.model,
                       fmt::format("Newton's method stopped at decrement {:.2g}.", one.fit.decrement),
                       "Try larger ridges."});
  return notes;
}

}  // namespace meridian::alignment
