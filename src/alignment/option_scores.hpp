#pragma once
// What a model thinks of the options at the first token: logits or log-probabilities of their letters, as given for
// the prompt that names a country (docs/statistics.md, "First-token alignment").
#include <cstdint>
#include <string>
#include <vector>

#include "alignment/human_answers.hpp"

namespace meridian::alignment {

/// Logits or log-probabilities per option of a record; NaN: the letter is missing.
using Scores = std::vector<double>;

struct ModelScores {
  std::string model;
  std::vector<Scores> plain;    ///< per human record; empty: the model was not asked
  std::vector<Scores> control;  ///< the same under a prompt with another country; empty if not collected
  std::int64_t missing = 0;     ///< records with some, not all letters missing
};

/// Fields model, country, question, option, value, setting ("ctrl": the prompt named another country; else plain).
const std::vector<audit::RecordField>& score_fields();
/// Models with any usable score, in the order of their names. Left out, in `faults`: no human answers for the row,
/// unknown option, value no number ("-inf" is a missing letter), an option given twice (the first counts). Every rank
/// reads all rows: what is kept is one number per model, record and option.
std::vector<ModelScores> read_scores(const audit::RecordFiles& files, const HumanAnswers& humans,
                                     audit::RowFaults& faults);

/// softmax over the letters that are there, 0 for the others; empty if none is there.
std::vector<double> distribution_of(const Scores& scores);
/// Sum of exp(score) over the letters: of log-probabilities, what the rest of the vocabulary left to the options.
double letter_mass(const Scores& scores);

/// The [ctrl] setting without new prompts: for each record another record of the same question, never one's own
/// (Sattolo 1986: a random cycle through the question's countries), keyed by (seed, question). npos for records that
/// are alone or not `usable`.
std::vector<std::size_t> other_countries(const HumanAnswers& humans, const std::vector<bool>& usable,
                                         std::uint64_t seed);

}  // namespace meridian::alignment
