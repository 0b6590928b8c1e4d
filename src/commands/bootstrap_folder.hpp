#pragma once
// A folder of bootstrap replicates: what is made of it needs nothing but the folder itself, so that merged parts and a
// single run end alike.
#include <cstddef>
#include <filesystem>
#include <string>

#include "findings/document.hpp"
#include "storage/units.hpp"

namespace meridian::commands {

/// Reads estimates, the first `replicates` replicates (and the jackknife, if there is one), writes replicates.h5 and
/// the table of intervals. The section is called <name of the folder>-resampled... and stands in `folder`. InputError
/// if something is missing or damaged.
findings::Section finish_bootstrap(const std::filesystem::path& folder, std::size_t replicates);

/// Intervals from the units finished so far, for the terminal; nothing is written.
std::string intervals_so_far(const std::filesystem::path& folder);

/// One line per fixed effect, contrast and gap: estimate and percentile limits.
std::string intervals_text(const findings::Section& section);

/// The run, or the fit of a table, that a folder RUN/resampling/NAME belongs to; empty for a folder elsewhere.
std::filesystem::path run_of(const std::filesystem::path& folder);

/// Adds the section to the run that the folder is part of and, with `report`, to its page; nothing for a folder
/// elsewhere.
void report_resampling(const std::filesystem::path& folder, const findings::Section& section, bool report = true);

}  // namespace meridian::commands
