#pragma once
// What a fit was made from: source.json in its folder. A later command can fit a table again.
#include <filesystem>
#include <string>

#include "analysis/long_fit.hpp"

namespace meridian::commands {

struct TableSource {
  std::filesystem::path table;
  std::string factors;  ///< --factor: names with commas between them
  analysis::LongFitRequest request;
};

/// What a fit of a run's analysis was made from.
struct RunSource {
  std::filesystem::path run;
  std::string analysis, formula;
  bool maximum_likelihood = false;
};

/// With the table's absolute path and SHA-256, and what fitted it.
void write_table_source(const std::filesystem::path& folder, const TableSource& source);
/// For readers only, with the run's digest.
void write_run_source(const std::filesystem::path& folder, const RunSource& source);
/// A fit of an analysis of a run has none.
bool has_table_source(const std::filesystem::path& folder);
/// InputError if the table is gone or is not what it was.
TableSource read_table_source(const std::filesystem::path& folder);

}  // namespace meridian::commands
