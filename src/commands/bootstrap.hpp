#pragma once
// The bootstrap of an analysis of a run, or of a table: used by `meridian bootstrap` and by `replicate` for jobs that
// ask for it.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/study.hpp"
#include "commands/replicates.hpp"
#include "uncertainty/bootstrap.hpp"

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

/// InputError for a scheme that does not exist, and for options that it cannot have.
uncertainty::BootstrapOptions bootstrap_options(const BootstrapRequest& request);

/// As bootstrap_analysis, of any subject.
std::optional<findings::Section> bootstrap_subject(const std::shared_ptr<const uncertainty::Subject>& subject,
                                                   const BootstrapRequest& request, const ReplicateRun& run,
                                                   const Context& context);

/// Computes what is missing and, unless only some units were asked for, writes the intervals and adds them to the
/// report of the run that the folder is in; the first rank gets the section. Collective; throws as compute_replicates.
std::optional<findings::Section> bootstrap_analysis(const analysis::Study& study, const BootstrapRequest& request,
                                                    const ReplicateRun& run, const Context& context);

/// Every bootstrap that the job's analyses ask for, in RUN/resampling. Collective.
void bootstrap_job(const analysis::Study& study, const std::filesystem::path& run, int threads,
                   const ReplicateRun& replicates, const Context& context);

/// InputError for a scheme that does not exist, or that the analysis cannot have.
void check_bootstraps(const analysis::Job& job);

}  // namespace meridian::commands
