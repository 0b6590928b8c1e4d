#pragma once
// What stands in a run folder besides the units: findings, report, provenance, digest; and whether it is all there.
#include <chrono>
#include <filesystem>
#include <string>

#include "analysis/run.hpp"
#include "commands/command.hpp"

namespace meridian::commands {

/// Removes what a run wrote (never anything else); refuses a folder that does not look like a run of ours.
void discard_run(const std::filesystem::path& run);

class RunFolder {
 public:
  RunFolder(std::filesystem::path run, const analysis::Study& study, int threads, const Context& context);
  /// True if run.json says that everything this job asks for was computed from these inputs.
  bool complete() const;
  /// Writes findings, further files, digest, report and run.json (last: it says that the run is complete).
  void finish(const analysis::Results& results, std::chrono::steady_clock::time_point start) const;

 private:
  std::string provenance(const std::string& digest, double seconds) const;
  std::filesystem::path run_;
  const analysis::Study& study_;
  int threads_;
  const Context& context_;
  storage::Fingerprint request_;  ///< inputs and settings: everything that decides the results
};

}  // namespace meridian::commands
