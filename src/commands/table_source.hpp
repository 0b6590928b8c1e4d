#pragma once
// What a fit of a table was made from, so that a later command can fit it again: source.json in the fit's folder.
#include <filesystem>
#include <string>

#include "analysis/long_fit.hpp"

namespace meridian::commands {

struct TableSource {
  std::filesystem::path table;
  std::string factors;  ///< --factor: names with commas between them
  analysis::LongFitRequest request;
};

/// With the table's absolute path and SHA-256.
void write_table_source(const std::filesystem::path& folder, const TableSource& source);
/// A fit of an analysis of a run has none.
bool has_table_source(const std::filesystem::path& folder);
/// InputError if the table is gone or is not what it was.
TableSource read_table_source(const std::filesystem::path& folder);

}  // namespace meridian::commands
