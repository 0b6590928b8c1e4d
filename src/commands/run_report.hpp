#pragma once
// The report of a finished run, from what stands in its folder: findings of all commands, run.json, printed numbers.
#include <filesystem>

#include "report/report_files.hpp"

namespace meridian::commands {

/// What is made at the end of every run: the page and what it needs. The rest is for `meridian report`.
report::ReportFormats formats_of_a_run();

/// Writes RUN/report. A run on the study's own data that declares published analyses is compared with the numbers
/// printed in data/published. Logs what could not be made. Throws InputError if the folder holds no findings.
void make_report(const std::filesystem::path& run, const report::ReportFormats& formats);

}  // namespace meridian::commands
