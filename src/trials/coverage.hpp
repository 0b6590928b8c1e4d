#pragma once
// What became of the planned trials.
#include <filesystem>
#include <map>
#include <vector>

#include "findings/table.hpp"
#include "trials/trial_cells.hpp"

namespace meridian::trials {

/// Planned iterations of each cell; empty where nothing is known of a plan.
using PlannedTrials = std::map<CellKey, std::int64_t>;

/// Reads a plan (columns model, language, persona, item, iterations), as meridian prompts writes it.
PlannedTrials read_plan(const std::filesystem::path& file);

/// One row per model x language x persona x item: planned, answered, refused, invalid (no answer, off the scale,
/// truncated), shares (a distribution in place of an answer), failed, missing. Failed requests are among the missing;
/// planned and missing are empty without a plan.
findings::Table coverage_table(const TrialCells& cells, const PlannedTrials& planned);

/// The same summed over items.
findings::Table coverage_by_condition(const TrialCells& cells, const PlannedTrials& planned);

}  // namespace meridian::trials
