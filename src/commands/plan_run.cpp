#include "commands/plan_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "analysis/study.hpp"
#include "commands/bootstrap.hpp"
#include "commands/common_options.hpp"
#include "commands/scratch_folder.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/machine.hpp"
#include "runtime/progress.hpp"
#include "storage/array_file.hpp"
#include "uncertainty/bootstrap.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using scheduling::Costs;
using scheduling::Estimate;

/// Replicates per unit of work (docs/running.md, "Intervals from replicates").
constexpr std::size_t kBatch = 100;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One block, computed and written and read back, on one thread.
Costs measure(const analysis::Study& study, Costs costs) {
  const ScratchFolder scratch;
  const auto store =
      storage::UnitStore::create_or_open(scratch.path() / "similarity", analysis::similarity_plan(study));
  const similarity::Kernel kernel(study.panel);
  costs.block_seconds = seconds_of([&] { analysis::compute_unit(study, kernel, store, 0, 1); });
  costs.read_seconds = seconds_of([&] { storage::read_array(store.unit_path(0), "similarity"); });
  costs.block_bytes = static_cast<double>(fs::file_size(store.unit_path(0)));
  costs.memory_bytes = static_cast<double>(runtime::peak_memory());
  return costs;
}

std::vector<scheduling::Resampling> resampling_of(const analysis::Job& job, const fs::path& run) {
  std::vector<scheduling::Resampling> all;
  for (const analysis::AnalysisJob& analysis : job.analyses)
    for (const std::string& scheme : analysis.bootstrap) {
      const uncertainty::Scheme parsed = uncertainty::parse_scheme(scheme);
      if (parsed == uncertainty::Scheme::items) continue;  // no replicates: computed with the report
      std::vector<std::string> options = {"--analysis",   analysis.name,
                                          "--scheme",     scheme,
                                          "--replicates", std::to_string(analysis.replicates),
                                          "--seed",       std::to_string(analysis.seed)};
      for (const std::string& contrast : analysis.contrasts) options.insert(options.end(), {"--contrast", contrast});
      if (analysis.bca && uncertainty::draws_units(parsed)) options.push_back("--bca");
      all.push_back({run.string(), "resampling/" + analysis.name + "-" + scheme, options,
                     (analysis.replicates + kBatch - 1) / kBatch});
    }
  return all;
}

/// One job of the plan: how large, what a block of it takes.
struct Planned {
  std::size_t blocks = 0;
  Estimate estimate;
  std::vector<scheduling::Resampling> resampling;
  std::string text;
};

Planned plan_job(const analysis::Job& job, const fs::path& run, const Costs& stated) {
  check_bootstraps(job);
  const analysis::Study study = analysis::load_study(job);
  const Costs costs = measure(study, stated);
  scheduling::Workload work{analysis::similarity_plan(study).units, 0, 0};
  for (const analysis::AnalysisJob& analysis : job.analyses) work.fits += analysis.formula.empty() ? 0 : 1;
  std::vector<scheduling::Resampling> resampling = resampling_of(job, run);
  for (const scheduling::Resampling& each : resampling) work.replicates += each.units * kBatch;
  const panel::Panel& panel = study.panel;
  std::string text = fmt::format(
      "{}: {} people x {} models x {} conditions x {} variants: {} blocks, {} mixed models, {} replicates\n"
      "  measured here on one thread: a block takes {:.3f} s and {:.1f} MB, reading it {:.3f} s; peak memory {:.0f} "
      "MB\n",
      job.title, panel.people.ids.size(), panel.models.size(), panel.conditions.size(), panel.variants.size(),
      work.blocks, work.fits, work.replicates, costs.block_seconds, costs.block_bytes / 1e6, costs.read_seconds,
      costs.memory_bytes / 1e6);
  return {work.blocks, scheduling::estimate(work, costs), std::move(resampling), std::move(text)};
}

std::string summary(const Estimate& estimate, const Costs& stated, std::size_t blocks) {
  const auto time = [](double seconds) { return runtime::duration_text(seconds); };
  const int ranks = scheduling::useful_ranks(estimate, blocks);
  return fmt::format(
      "stated, not measured: {} s per mixed model (--fit-seconds), {} s per replicate (--replicate-seconds)\n"
      "on one rank: similarity {}, models and report {}, replicates {}\n"
      "useful ranks: up to {} ({} in all); threads: 1 per rank while there are more blocks than ranks\n"
      "disk: {:.1f} MB of similarities; memory to ask for: {} MB per rank\n",
      stated.fit_seconds, stated.replicate_seconds, time(estimate.similarity_seconds), time(estimate.serial_seconds),
      time(estimate.resampling_seconds), ranks, time(scheduling::wall_seconds(estimate, ranks)),
      estimate.disk_bytes / 1e6, scheduling::megabytes_to_ask(estimate.memory_bytes));
}

std::string links_text(const RunPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const scheduling::Link& link = plan.links[i];
    const std::string width = link.array > 0 ? fmt::format("{} tasks", link.array)
                                             : fmt::format("{} rank{}", link.ranks, link.ranks == 1 ? "" : "s");
    text += fmt::format("{:12} {:10} expected {:>8}, asks for {} minutes  {}\n", link.name, width,
                        runtime::duration_text(link.seconds), scheduling::minutes_to_ask(link.seconds),
                        plan.scripts[i].first.string());
  }
  return text;
}

int whole_number(const po::variables_map& values, const char* name, int otherwise) {
  if (values.count(name) == 0) return otherwise;
  const int value = values[name].as<int>();
  if (value < 1 || value > 100'000)
    throw InputError(fmt::format("--{}", name), std::to_string(value), "1 to 100000", "Leave it out for the default.");
  return value;
}

double seconds_from(const po::variables_map& values, const char* name) {
  const double value = values[name].as<double>();
  if (!(value >= 0))
    throw InputError(fmt::format("--{}", name), fmt::format("{}", value), "0 or more", "Leave it out.");
  return value;
}

fs::path config_from(const po::variables_map& values, const Command& command, const Context& context) {
  const fs::path config = required(values, command, "config", "FILE");
  return fs::absolute(config.is_relative() && !fs::exists(config) ? context.share / config : config);
}

/// The job, or the jobs it names, each with its run folder.
std::vector<std::pair<analysis::Job, fs::path>> jobs_of(const fs::path& config, const fs::path& data,
                                                        const fs::path& out, std::vector<std::string> overrides,
                                                        const Context& context) {
  const analysis::Job job = analysis::read_job(config, data, context.share, overrides);
  if (job.jobs.empty()) return {{job, out}};
  if (job.replicates > 0) overrides.insert(overrides.begin(), "study.replicates=" + std::to_string(job.replicates));
  std::vector<std::pair<analysis::Job, fs::path>> jobs;
  for (const fs::path& part : job.jobs)
    jobs.emplace_back(analysis::read_job(part, data, context.share, overrides), out / part.stem());
  return jobs;
}

scheduling::Site site_of(const fs::path& out, const Context& context) {
  return {fs::absolute(context.share).string(), fs::read_symlink("/proc/self/exe").string(), (out / "slurm").string()};
}

}  // namespace

void add_plan_options(po::options_description& options) {
  options.add_options()("config", po::value<std::string>()->value_name("FILE"), "job file (INI; required)")(
      "data", po::value<std::string>()->value_name("DIR"), "folder of the answers (required)")(
      "out", po::value<std::string>()->value_name("DIR"),
      "run folder; default: runs/<name of the job>; scripts go to its folder slurm")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("SECTION.KEY=VALUE"),
      "a setting that wins over the job file; may be repeated")(
      "array", po::value<int>()->default_value(1)->value_name("N"),
      "similarity and replicates as job arrays of N tasks, in a chain of jobs; 1: one job does everything")(
      "tasks", po::value<int>()->value_name("N"), "MPI ranks of the one job; default: the useful number")(
      "fit-seconds", po::value<double>()->default_value(5)->value_name("S"),
      "what one mixed model and its tables take")(
      "replicate-seconds", po::value<double>()->default_value(0.005, "0.005")->value_name("S"), "what one refit takes");
}

RunPlan plan_run(const po::variables_map& values, const Command& command, const Context& context) {
  const fs::path config = config_from(values, command, context);
  const fs::path data = fs::absolute(required(values, command, "data", "DIR"));
  const fs::path out =
      fs::absolute(values.count("out") ? fs::path(values["out"].as<std::string>()) : fs::path("runs") / config.stem());
  const auto overrides =
      values.count("set") ? values["set"].as<std::vector<std::string>>() : std::vector<std::string>();
  Costs stated;
  stated.fit_seconds = seconds_from(values, "fit-seconds");
  stated.replicate_seconds = seconds_from(values, "replicate-seconds");
  scheduling::Request request{{"--config", config.string(), "--data", data.string()}, out.string(), 0, {}, 1, 1};
  for (const std::string& setting : overrides) request.replicate.insert(request.replicate.end(), {"--set", setting});
  RunPlan plan;
  Estimate estimate;
  for (const auto& [job, run] : jobs_of(config, data, out, overrides, context)) {
    const Planned planned = plan_job(job, run, stated);
    plan.text += planned.text;
    estimate = estimate + planned.estimate;
    request.blocks = std::max(request.blocks, planned.blocks);
    request.resampling.insert(request.resampling.end(), planned.resampling.begin(), planned.resampling.end());
  }
  request.array = whole_number(values, "array", 1);
  request.ranks = whole_number(values, "tasks", scheduling::useful_ranks(estimate, request.blocks));
  plan.text += summary(estimate, stated, request.blocks);
  plan.links = scheduling::chain(request, estimate);
  const scheduling::Site site = site_of(out, context);
  for (const scheduling::Link& link : plan.links)
    plan.scripts.emplace_back(fs::path(site.logs) / (link.name + ".sbatch"),
                              scheduling::batch_script(link, site, estimate));
  plan.text += links_text(plan);
  return plan;
}

void write_scripts(const RunPlan& plan) {
  for (const auto& [file, text] : plan.scripts) findings::write_text(file, text);
}

}  // namespace meridian::commands
