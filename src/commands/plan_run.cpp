#include "commands/plan_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "commands/bootstrap.hpp"
#include "commands/common_options.hpp"
#include "commands/permute.hpp"
#include "commands/plan_costs.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/progress.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using scheduling::Estimate;

/// Tenths of a second where they are worth telling.
std::string time(double seconds) {
  return seconds < 10 ? fmt::format("{:.1f} s", seconds) : runtime::duration_text(seconds);
}

std::string summary(const Estimate& estimate, std::size_t blocks) {
  const int ranks = scheduling::useful_ranks(estimate, blocks);
  return fmt::format(
      "on one rank: reading {}, similarity {}, models and report {}, replicates {}; {} in all\n"
      "useful ranks: up to {} ({} in all); threads: 1 per rank while there are more blocks than ranks\n"
      "disk: {:.1f} MB of similarities; memory to ask for: {} MB per rank\n",
      time(estimate.start_seconds), time(estimate.similarity_seconds), time(estimate.serial_seconds),
      time(estimate.resampling_start_seconds + estimate.resampling_seconds),
      time(scheduling::wall_seconds(estimate, 1)), ranks, time(scheduling::wall_seconds(estimate, ranks)),
      estimate.disk_bytes / 1e6, scheduling::megabytes_to_ask(estimate.memory_bytes));
}

std::string links_text(const RunPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const scheduling::Link& link = plan.links[i];
    const std::string width = link.array > 0 ? fmt::format("{} tasks", link.array)
                                             : fmt::format("{} rank{}", link.ranks, link.ranks == 1 ? "" : "s");
    text += fmt::format("{:12} {:10} expected {:>8}, asks for {} minutes  {}\n", link.name, width, time(link.seconds),
                        scheduling::minutes_to_ask(link.seconds), plan.scripts[i].first.string());
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

std::optional<double> seconds_from(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return std::nullopt;
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
      "replicate-seconds", po::value<double>()->value_name("S"),
      "what one replicate of a bootstrap takes; default: measured, the first of each");
}

RunPlan plan_run(const po::variables_map& values, const Command& command, const Context& context) {
  const fs::path config = config_from(values, command, context);
  const fs::path data = fs::absolute(required(values, command, "data", "DIR"));
  const fs::path out =
      fs::absolute(values.count("out") ? fs::path(values["out"].as<std::string>()) : fs::path("runs") / config.stem());
  const auto overrides =
      values.count("set") ? values["set"].as<std::vector<std::string>>() : std::vector<std::string>();
  const std::optional<double> replicate_seconds = seconds_from(values, "replicate-seconds");
  scheduling::Request request{{"--config", config.string(), "--data", data.string()}, out.string(), 0, {}, 1, 1};
  for (const std::string& setting : overrides) request.replicate.insert(request.replicate.end(), {"--set", setting});
  RunPlan plan;
  Estimate estimate;
  for (const auto& [job, run] : jobs_of(config, data, out, overrides, context)) {
    check_bootstraps(job);
    check_permutations(job);
    const PlannedJob planned = plan_job(job, run, replicate_seconds);
    plan.text += planned.text;
    estimate = estimate + planned.estimate;
    request.blocks = std::max(request.blocks, planned.blocks);
    request.resampling.insert(request.resampling.end(), planned.resampling.begin(), planned.resampling.end());
  }
  request.array = whole_number(values, "array", 1);
  request.ranks = whole_number(values, "tasks", scheduling::useful_ranks(estimate, request.blocks));
  plan.text += summary(estimate, request.blocks);
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
