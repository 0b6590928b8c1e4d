#pragma once
// What stands in a run folder besides the units: findings, report, provenance, digest; and whether it is all there.
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "commands/command.hpp"
#include "findings/document.hpp"
#include "storage/units.hpp"

namespace meridian::commands {

/// Removes what a run wrote (never anything else); refuses a folder that does not look like a run of ours.
void discard_run(const std::filesystem::path& run);

/// An analysis of the run that stands beside printed numbers.
struct DeclaredAnalysis {
  std::string survey, analysis, folder;
};

/// InputError for a folder that holds a finished run of something else: `survey` says of what (see RunIdentity).
void require_same_kind(const std::filesystem::path& run, const std::string& survey);

/// What a run is of; the same for every study.
struct RunIdentity {
  std::string title;
  std::filesystem::path job;
  std::string survey;
  bool synthetic = false;
  std::vector<DeclaredAnalysis> declared;
  storage::Fingerprint request;  ///< inputs and settings: everything that decides the results; needed on the first rank
  std::filesystem::path data = {};          ///< folder of the answers: later commands read them again
  std::vector<std::string> overrides = {};  ///< settings that won over the job file
  std::vector<std::string> hosts = {};      ///< where ranks ran, distinct and sorted; empty: this host alone
};

/// Further files of a run: path below it, content.
using RunFiles = std::vector<std::pair<std::filesystem::path, std::string>>;

class RunFolder {
 public:
  RunFolder(std::filesystem::path run, RunIdentity identity, int threads, const Context& context)
      : run_(std::move(run)), identity_(std::move(identity)), threads_(threads), context_(context) {}
  /// True if run.json says that everything this job asks for was computed from these inputs.
  bool complete() const;
  /// Removes what an earlier run found, then writes findings, further files, digest, run.json (it says that the run is
  /// complete) and, from these, the report.
  void finish(const findings::Document& document, const RunFiles& files,
              std::chrono::steady_clock::time_point start) const;

 private:
  void discard_findings() const;
  std::string provenance(const std::string& digest, double seconds) const;
  std::filesystem::path run_;
  RunIdentity identity_;
  int threads_;
  const Context& context_;
};

}  // namespace meridian::commands
