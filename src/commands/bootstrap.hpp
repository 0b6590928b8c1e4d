#pragma once
// The bootstrap of one analysis of a run: used by `meridian bootstrap` and by `replicate` for jobs that ask for it.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/study.hpp"
#include "commands/replicates.hpp"

namespace meridian::commands {

struct BootstrapRequest {
  std::string analysis, scheme = "people";
  std::uint64_t seed = 1;
  std::string draws;  ///< "all", "one-less"; empty: one-less for scheme models, else all
  bool bca = false;
  std::vector<std::string> contrasts;
  std::filesystem::path folder;  ///< of the units
  int threads = 1;
};

/// Computes what is missing and, unless only some units were asked for, writes the intervals and adds them to the
/// report of the run that the folder is in. Collective; throws as compute_replicates.
void bootstrap_analysis(const analysis::Study& study, const BootstrapRequest& request, const ReplicateRun& run,
                        const Context& context);

}  // namespace meridian::commands
