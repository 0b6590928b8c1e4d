#pragma once
// How far one iteration speaks for a model's answer.
#include <vector>

#include "findings/table.hpp"
#include "trials/trial_cells.hpp"

namespace meridian::trials {

/// One-way random effects over the items of one model and condition (Shrout & Fleiss 1979, Psychol. Bull. 86(2), cases
/// ICC(1,1) and ICC(1,k)); with unequal numbers of answers k0 = (N - sum n_i^2 / N) / (a - 1).
struct Reliability {
  std::int64_t items = 0, answers = 0;
  double within = 0;   ///< mean square within items: variance of iterations
  double between = 0;  ///< variance component of items, (MSB - MSW) / k0; may be negative
  double k0 = 0;       ///< effective number of answers per item
  double single = 0;   ///< ICC(1,1): of one iteration; NaN if undefined
  double average = 0;  ///< ICC(1,k0): of the mean over iterations; NaN if undefined
};

/// Answers per item, items without an answer left out. NaN where there are fewer than two items, no item with two
/// answers, or no variance at all.
Reliability reliability(const std::vector<std::vector<std::int16_t>>& items);

/// A row per model, language and persona.
findings::Table reliability_table(const TrialCells& cells);

}  // namespace meridian::trials
