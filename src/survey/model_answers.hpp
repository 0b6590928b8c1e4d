#pragma once
// What language models answered, from a file of means or of raw trials.
#include <filesystem>
#include <vector>

#include "findings/ledger.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// Reads the authors' CSV of means (one row per model x language x persona x item, mean in `llm_response`) or raw
/// trials (columns LLM, language, persona, item, iteration, response: one row per iteration, `response` read as
/// answer_text.hpp says), told apart by the header. Cells stand in the order in which the file first names them; a cell
/// without a valid trial has mean NaN. Invalid trials go to the ledger by reason. Throws InputError for a model that
/// the registry lacks, an unknown item, a mean off the scale, and for a cell (trials: an iteration of a cell) that
/// comes twice, naming both lines.
ModelAnswers read_model_answers(const std::filesystem::path& file, const Instrument& instrument,
                                const std::vector<Model>& registry, findings::Ledger& ledger);

/// Sets valid, mean and variance (n - 1) of a cell from its trials; NaN where there are none, or one.
void summarise_trials(Cell& cell);

}  // namespace meridian::survey
