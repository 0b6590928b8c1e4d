#pragma once
// Rates of refusals by dimension, item, condition and model: Tables 3 to 6 of the first study.
#include <vector>

#include "analysis/refusal_counts.hpp"
#include "findings/table.hpp"

namespace meridian::analysis {

/// by_dimension (where items have dimensions), by_item, by_condition, by_llm: over both origins (origin empty) and
/// within each. Columns: what the rows are by, cells, trials, refused, rate, sd (of single trials); for bounds also
/// refused_most and rate_most.
std::vector<findings::Table> refusal_tables(const RefusalCounts& counts);

}  // namespace meridian::analysis
