#pragma once
// The folder of a fit: its tables, fit.json, and the findings that `meridian report` makes a page of.
#include <filesystem>
#include <string>

#include "analysis/long_fit.hpp"

namespace meridian::commands {

/// Removes what an earlier fit wrote there: it would tell of another model. InputError for the folder of a run.
void write_fit(analysis::LongFit fit, const std::string& formula, const std::filesystem::path& folder);

}  // namespace meridian::commands
