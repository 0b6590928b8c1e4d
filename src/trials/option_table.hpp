#pragma once
// Distributions over options of all cells, for whoever reads them as a table.
#include <filesystem>

#include "findings/table.hpp"

namespace meridian::trials {

/// One row per model, language, persona, item and option: the mean over the cell's trials that have a distribution of
/// the option's probability (absent options count as 0), how many trials, and the mean mass. Without distributions the
/// table has no rows.
findings::Table option_table(const std::filesystem::path& store);

}  // namespace meridian::trials
