#pragma once
// Permutation tests of one analysis of a run: used by `meridian permute` and by `replicate` for jobs that ask for them.
#include <filesystem>
#include <optional>
#include <string>

#include "analysis/study.hpp"
#include "commands/replicates.hpp"
#include "findings/document.hpp"
#include "uncertainty/permutation.hpp"

namespace meridian::commands {

struct PermuteRequest {
  std::string analysis;
  uncertainty::PermutationOptions options;
  std::filesystem::path folder;  ///< of the units
};

/// RUN/resampling/ANALYSIS-permute-TEST.
std::filesystem::path permutation_folder(const std::filesystem::path& run, const std::string& analysis,
                                         const uncertainty::PermutationOptions& options);

/// Computes what is missing and, unless only some units were asked for, writes the tables and adds them to the report
/// of the run that the folder is in; the first rank gets the section. Collective; throws as compute_replicates.
std::optional<findings::Section> permute_analysis(const analysis::Study& study, const PermuteRequest& request,
                                                  const ReplicateRun& run, const Context& context);

/// Every permutation test that the job's analyses ask for, in RUN/resampling. Collective.
void permute_job(const analysis::Study& study, const std::filesystem::path& run, int threads,
                 const ReplicateRun& replicates, const Context& context);

/// InputError for a test that does not exist.
void check_permutations(const analysis::Job& job);

}  // namespace meridian::commands
