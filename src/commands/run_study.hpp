#pragma once
// A finished run as the start of further work: its study read again, its report with one more section.
#include <filesystem>

#include "analysis/study.hpp"
#include "commands/command.hpp"
#include "findings/document.hpp"

namespace meridian::commands {

/// Inputs by SHA-256 and settings: everything that decides a run's results.
storage::Fingerprint request_of(const analysis::Job& job);

/// Reads the answers again that a run was made from. InputError if the folder holds no finished run, or if job file or
/// answers are no longer what they were (each difference named).
analysis::Study study_of_run(const std::filesystem::path& run, const Context& context);

/// Adds the section to the run's findings as the part `part` (findings::write_part), its first paragraph to the summary
/// too, and writes report, digest.txt and run.json anew. Without `report` the page stays as it is. The folder of a fit
/// has no digest, and a page only when it is asked for.
void add_section(const std::filesystem::path& run, const findings::Section& section, const std::string& part,
                 bool report = true);

}  // namespace meridian::commands
