#pragma once
// How often models gave no valid answer: exact from raw trials, bounds from a file of means.
#include <cstdint>
#include <string>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::analysis {

/// One model x language x persona x item.
struct RefusalCell {
  std::string llm, llm_name, origin, language, persona, item, dimension;
  std::int64_t trials = 0;
  std::int64_t fewest = 0, most = 0;  ///< trials without a valid answer; equal where trials were counted
};

struct RefusalCounts {
  std::vector<RefusalCell> cells;  ///< models in registry order, each in the order of the file
  bool exact = true;
  std::string file;
};

/// `asked`: how often every question was put, for files of means. There the number of valid trials is bounded by two
/// facts: the mean times that number is a whole number, and the trials before the first one kept were not valid
/// (numbers count on from the model's commonest first trial, modulo `asked`). A cell without a mean has none.
/// InputError when no number up to `asked` fits a mean.
RefusalCounts count_refusals(const survey::ModelAnswers& answers, const survey::Instrument& instrument, int asked);

}  // namespace meridian::analysis
