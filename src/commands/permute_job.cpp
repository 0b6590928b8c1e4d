// The permutation tests that a job asks for.
#include <fmt/format.h>

#include "commands/permute.hpp"
#include "error.hpp"

namespace meridian::commands {

namespace fs = std::filesystem;
namespace {

using uncertainty::PermutationKind;

/// What the analysis must say for the test to have anything to permute; empty if it does.
std::string missing_for(PermutationKind kind, const analysis::AnalysisJob& analysis) {
  if (kind == PermutationKind::max_t && analysis.removal == analysis::Removal::none)
    return "removed = items, dimensions or sets";
  if (kind == PermutationKind::language && (analysis.own_language || analysis.languages.size() == 1))
    return "models prompted in several languages";
  if (kind == PermutationKind::persona && analysis.personas.size() < 2) return "several personas";
  return "";
}

}  // namespace

void check_permutations(const analysis::Job& job) {
  for (const analysis::AnalysisJob& analysis : job.analyses)
    for (const std::string& test : analysis.permute) {
      const std::string missing = missing_for(uncertainty::parse_permutation(test), analysis);
      if (!missing.empty())
        throw InputError(fmt::format("{}, [{}] permute", job.file.string(), analysis.name), "'" + test + "' without it",
                         missing, "Change the analysis, or leave " + test + " out.");
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
