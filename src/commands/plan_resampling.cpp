#include "commands/plan_resampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "commands/bootstrap.hpp"
#include "commands/permute.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using resampling::ReplicateStudy;
using scheduling::Replicates;
using scheduling::Resampling;

/// Units are computed until they took so long.
constexpr double kSecondsMeasured = 0.1;

/// One unit of `study`, computed and written.
double measure_unit(const ReplicateStudy& study, const fs::path& folder, std::size_t units) {
  const auto store = storage::UnitStore::create_or_open(folder, uncertainty::replicate_plan(study));
  double seconds = 0;
  std::size_t done = 0;
  while (done < units && seconds < kSecondsMeasured) {
    seconds += processor_seconds([&] { uncertainty::compute_batch(study, store, done); });
    ++done;
  }
  return seconds / static_cast<double>(std::max<std::size_t>(done, 1));
}

std::size_t units_of(const ReplicateStudy& study, std::size_t replicates) {
  return uncertainty::units_for(uncertainty::replicate_plan(study), study.limit > 0 ? study.limit : replicates);
}

/// Replicates and, for BCa limits, the jackknife, as units of the former.
Replicates measure_bootstrap(const analysis::Study& study, const analysis::AnalysisJob& job,
                             const BootstrapRequest& request, const fs::path& scratch) {
  Replicates cost;
  std::shared_ptr<const uncertainty::Subject> subject;
  const uncertainty::BootstrapOptions options = bootstrap_options(request);
  cost.start_seconds = processor_seconds([&] {
    subject = uncertainty::analysis_subject(study, request.analysis, options.scheme, request.contrasts, 1);
    uncertainty::estimates_table(*subject);
  });
  const ReplicateStudy replicates = uncertainty::bootstrap_study(subject, options);
  cost.units = units_of(replicates, job.replicates);
  cost.unit_seconds = measure_unit(replicates, scratch / "replicates", cost.units);
  if (request.bca) {
    const ReplicateStudy jackknife = uncertainty::jackknife_study(subject, options);
    const std::size_t units = units_of(jackknife, 0);
    const double seconds = static_cast<double>(units) * measure_unit(jackknife, scratch / "jackknife", units);
    cost.unit_seconds += seconds / static_cast<double>(cost.units);
  }
  return cost;
}

Replicates measure_permutation(const analysis::Study& study, const analysis::AnalysisJob& job,
                               const uncertainty::PermutationOptions& options, const fs::path& scratch) {
  Replicates cost;
  uncertainty::PermutationTest test;
  cost.start_seconds = processor_seconds([&] { test = uncertainty::permutation_test(study, job.name, options); });
  cost.units = units_of(test.study, job.replicates);
  cost.unit_seconds = measure_unit(test.study, scratch, cost.units);
  return cost;
}

std::vector<std::string> common_options(const analysis::AnalysisJob& job) {
  return {"--analysis", job.name, "--replicates", std::to_string(job.replicates), "--seed", std::to_string(job.seed)};
}

Resampling bootstrap_step(const analysis::AnalysisJob& job, const BootstrapRequest& request, const fs::path& run,
                          std::size_t units) {
  std::vector<std::string> options = common_options(job);
  options.insert(options.end(), {"--scheme", request.scheme});
  for (const std::string& contrast : request.contrasts) options.insert(options.end(), {"--contrast", contrast});
  if (request.bca) options.push_back("--bca");
  return {"bootstrap", run.string(), "resampling/" + job.name + "-" + request.scheme, options, units};
}

Resampling permutation_step(const analysis::AnalysisJob& job, const std::string& test, const fs::path& run,
                            std::size_t units) {
  std::vector<std::string> options = common_options(job);
  options.insert(options.end(), {"--test", test});
  return {"permute", run.string(), "resampling/" + job.name + "-permute-" + test, options, units};
}

void add(const Resampling& step, const Replicates& cost, ResamplingPlan& plan) {
  plan.text += fmt::format("  {}: {} units of {:.3f} s after {:.1f} s\n", step.folder, cost.units, cost.unit_seconds,
                           cost.start_seconds);
  plan.steps.push_back(step);
  plan.replicates.push_back(cost);
}

}  // namespace

double processor_seconds(const std::function<void()>& work) {
  const std::clock_t start = std::clock();  // of this process, all threads
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

ResamplingPlan plan_resampling(const analysis::Study& study, const fs::path& run, std::optional<double> stated,
                               const fs::path& scratch) {
  ResamplingPlan plan;
  for (const analysis::AnalysisJob& job : study.job.analyses) {
    for (const std::string& scheme : job.bootstrap) {
      const uncertainty::Scheme parsed = uncertainty::parse_scheme(scheme);
      if (parsed == uncertainty::Scheme::items) continue;  // no replicates: computed with the report
      const BootstrapRequest request{job.name,      scheme, job.seed, "", job.bca && uncertainty::draws_units(parsed),
                                     job.contrasts, {},     1};
      const std::size_t units = (job.replicates + resampling::kBatch - 1) / resampling::kBatch;
      const Replicates cost =
          stated ? Replicates{0, *stated * static_cast<double>(resampling::kBatch), units}
                 : measure_bootstrap(study, job, request, scratch / fmt::format("{}-{}", job.name, scheme));
      add(bootstrap_step(job, request, run, cost.units), cost, plan);
    }
    for (const std::string& test : job.permute) {
      uncertainty::PermutationOptions options;
      options.kind = uncertainty::parse_permutation(test);
      options.seed = job.seed;
      const Replicates cost =
          measure_permutation(study, job, options, scratch / fmt::format("{}-permute-{}", job.name, test));
      add(permutation_step(job, test, run, cost.units), cost, plan);
    }
  }
  return plan;
}

}  // namespace meridian::commands
