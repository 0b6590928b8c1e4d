#include "commands/plan_resampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "commands/bootstrap.hpp"
#include "commands/bootstrap_folder.hpp"
#include "commands/permutation_folder.hpp"
#include "commands/permute.hpp"
#include "commands/run_report.hpp"
#include "findings/files.hpp"
#include "report/report_files.hpp"
#include "runtime/machine.hpp"
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

std::size_t units_of(const ReplicateStudy& study, std::size_t replicates) {
  return uncertainty::units_for(uncertainty::replicate_plan(study), study.limit > 0 ? study.limit : replicates);
}

/// Computes the first of the cost's units until they took long enough to be measured; returns the replicates in them.
std::size_t measure_units(const ReplicateStudy& study, const fs::path& folder, Replicates& cost) {
  const auto store = storage::UnitStore::create_or_open(folder, uncertainty::replicate_plan(study));
  double seconds = 0;
  std::size_t done = 0;
  while (done < cost.units && seconds < kSecondsMeasured)
    seconds += processor_seconds([&] { uncertainty::compute_batch(study, store, done++); });
  cost.unit_seconds = seconds / static_cast<double>(std::max<std::size_t>(done, 1));
  const std::size_t replicates = done * study.batch;
  return study.limit > 0 ? std::min(replicates, study.limit) : replicates;
}

/// Tables of the replicates that were computed, and a page of them alone.
double measure_end(const std::function<findings::Section()>& finish, const fs::path& folder) {
  return processor_seconds([&] {
    findings::Document document;
    document.sections = {finish()};
    report::write_report(document, "{}", folder, formats_of_a_run());
  });
}

/// For BCa limits the jackknife too, as part of the units of the replicates.
Replicates measure_bootstrap(const analysis::Study& study, const analysis::AnalysisJob& job,
                             const BootstrapRequest& request) {
  Replicates cost;
  std::shared_ptr<const uncertainty::Subject> subject;
  const uncertainty::BootstrapOptions options = bootstrap_options(request);
  cost.start_seconds = processor_seconds([&] {
    subject = uncertainty::analysis_subject(study, request.analysis, options.scheme, request.contrasts, 1);
    findings::write_table(uncertainty::estimates_table(*subject), request.folder);
  });
  const ReplicateStudy replicates = uncertainty::bootstrap_study(subject, options);
  cost.units = units_of(replicates, job.replicates);
  const std::size_t computed = measure_units(replicates, request.folder, cost);
  if (request.bca) {
    const ReplicateStudy jackknife = uncertainty::jackknife_study(subject, options);
    Replicates all{0, 0, units_of(jackknife, 0)};
    measure_units(jackknife, request.folder / "jackknife", all);
    cost.unit_seconds += all.unit_seconds * static_cast<double>(all.units) / static_cast<double>(cost.units);
  }
  cost.finish_seconds = measure_end([&] { return finish_bootstrap(request.folder, computed); }, request.folder);
  return cost;
}

Replicates measure_permutation(const analysis::Study& study, const analysis::AnalysisJob& job,
                               const uncertainty::PermutationOptions& options, const fs::path& folder) {
  Replicates cost;
  uncertainty::PermutationTest test;
  cost.start_seconds = processor_seconds([&] { test = uncertainty::permutation_test(study, job.name, options); });
  cost.units = units_of(test.study, job.replicates);
  findings::write_table(test.observed, folder);
  const std::size_t computed = measure_units(test.study, folder, cost);
  cost.finish_seconds = measure_end([&] { return finish_permutation(folder, computed); }, folder);
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
  plan.text += fmt::format("  {}: {} units of {:.3f} s after {:.1f} s, then {:.2f} s\n", step.folder, cost.units,
                           cost.unit_seconds, cost.start_seconds, cost.finish_seconds);
  plan.steps.push_back(step);
  plan.replicates.push_back(cost);
}

}  // namespace

double processor_seconds(const std::function<void()>& work) {
  const double before = runtime::processor_seconds();
  work();
  return runtime::processor_seconds() - before;
}

ResamplingPlan plan_resampling(const analysis::Study& study, const fs::path& run, std::optional<double> stated,
                               const fs::path& scratch) {
  ResamplingPlan plan;
  for (const analysis::AnalysisJob& job : study.job.analyses) {
    for (const std::string& scheme : job.bootstrap) {
      const uncertainty::Scheme parsed = uncertainty::parse_scheme(scheme);
      if (parsed == uncertainty::Scheme::items) continue;  // no replicates: computed with the report
      const bool bca = job.bca && uncertainty::draws_units(parsed);
      const BootstrapRequest request{
          job.name, scheme, job.seed, "", bca, job.contrasts, scratch / fmt::format("{}-{}", job.name, scheme), 1};
      const std::size_t units = (job.replicates + resampling::kBatch - 1) / resampling::kBatch;
      const Replicates cost = stated ? Replicates{0, *stated * static_cast<double>(resampling::kBatch), units}
                                     : measure_bootstrap(study, job, request);
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
