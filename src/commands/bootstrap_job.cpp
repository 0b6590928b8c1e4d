// The bootstraps that a job asks for.
#include <fmt/format.h>

#include "commands/bootstrap.hpp"
#include "error.hpp"
#include "uncertainty/bootstrap.hpp"

namespace meridian::commands {

namespace fs = std::filesystem;

void check_bootstraps(const analysis::Job& job) {
  for (const analysis::AnalysisJob& analysis : job.analyses)
    for (const std::string& scheme : analysis.bootstrap) {
      const uncertainty::Scheme parsed = uncertainty::parse_scheme(scheme);
      const bool units = uncertainty::draws_units(parsed);
      if (parsed == uncertainty::Scheme::items && analysis.removal == analysis::Removal::none)
        throw InputError(fmt::format("{}, [{}] bootstrap", job.file.string(), analysis.name),
                         "'items' without removed parts", "removed = items or dimensions",
                         "Change the analysis, or leave items out.");
      if (analysis.formula.empty())
        throw InputError(fmt::format("{}, [{}] bootstrap", job.file.string(), analysis.name), "no formula",
                         "a mixed model to refit", "Add formula = ..., or leave bootstrap out.");
      if (!units && analysis.bca && analysis.bootstrap.size() == 1)
        throw InputError(fmt::format("{}, [{}] bca", job.file.string(), analysis.name), "scheme " + scheme + " alone",
                         "a scheme that resamples people or models", "Leave bca out.");
    }
}

void bootstrap_job(const analysis::Study& study, const fs::path& run, int threads, const ReplicateRun& replicates,
                   const Context& context) {
  for (const analysis::AnalysisJob& analysis : study.job.analyses)
    for (const std::string& scheme : analysis.bootstrap) {
      ReplicateRun own = replicates;
      own.replicates = analysis.replicates;
      const uncertainty::Scheme parsed = uncertainty::parse_scheme(scheme);
      const bool items = parsed == uncertainty::Scheme::items;
      bootstrap_analysis(study,
                         {analysis.name, scheme, analysis.seed, "", analysis.bca && uncertainty::draws_units(parsed),
                          items ? std::vector<std::string>() : analysis.contrasts,
                          run / "resampling" / (analysis.name + "-" + scheme), threads},
                         own, context);
    }
}

}  // namespace meridian::commands
