// The permutation tests that a job asks for.
#include <fmt/format.h>

#include "commands/permute.hpp"
#include "error.hpp"

namespace meridian::commands {

namespace fs = std::filesystem;

void check_permutations(const analysis::Job& job) {
  for (const analysis::AnalysisJob& analysis : job.analyses)
    for (const std::string& test : analysis.permute) {
      const uncertainty::PermutationKind kind = uncertainty::parse_permutation(test);
      if (kind == uncertainty::PermutationKind::max_t && analysis.removal == analysis::Removal::none)
        throw InputError(fmt::format("{}, [{}] permute", job.file.string(), analysis.name),
                         "max-t without removed parts", "removed = items, dimensions or sets",
                         "Give the analysis `removed`, or leave max-t out.");
    }
}

void permute_job(const analysis::Study& study, const fs::path& run, int threads, const ReplicateRun& replicates,
                 const Context& context) {
  for (const analysis::AnalysisJob& analysis : study.job.analyses)
    for (const std::string& test : analysis.permute) {
      ReplicateRun own = replicates;
      own.replicates = analysis.replicates;
      uncertainty::PermutationOptions options;
      options.kind = uncertainty::parse_permutation(test);
      options.seed = analysis.seed;
      options.threads = threads;
      permute_analysis(study, {analysis.name, options, permutation_folder(run, analysis.name, options)}, own, context);
    }
}

}  // namespace meridian::commands
