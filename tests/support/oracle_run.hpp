#pragma once
// A run folder, as an analysis of the MFQ-2 would leave it, made of the reference's numbers.
#include <filesystem>
#include <string>
#include <vector>

namespace meridian::tests {

/// Writes run.json, tables/ and models/ of the given published analyses from ../shared/oracle/mfq2 and
/// tests/oracle/data/verification. The working directory is the source root.
void write_oracle_run(const std::filesystem::path& run,
                      const std::vector<std::string>& analyses = {"RQ1", "RQ2", "RQ3", "S1", "S2"});

}  // namespace meridian::tests
