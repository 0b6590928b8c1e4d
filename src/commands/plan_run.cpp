#include "commands/plan_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "commands/common_options.hpp"
#include "commands/job_place.hpp"
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
      time(estimate.resampling_start_seconds + estimate.resampling_seconds + estimate.resampling_end_seconds),
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

/// Absolute paths: a batch job starts elsewhere.
JobPlace place_from(const po::variables_map& values, const Command& command, const Context& context) {
  required(values, command, "config", "FILE");
  required(values, command, "data", "DIR");
  JobPlace place = job_place(values, context);
  for (fs::path* path : {&place.config, &place.data, &place.out}) *path = fs::absolute(*path);
  return place;
}

scheduling::Request request_at(const JobPlace& place) {
  scheduling::Request request;
  request.replicate = {"--config", place.config.string(), "--data", place.data.string()};
  for (const std::string& setting : place.overrides)
    request.replicate.insert(request.replicate.end(), {"--set", setting});
  request.out = place.out.string();
  return request;
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
  const JobPlace place = place_from(values, command, context);
  const std::optional<double> replicate_seconds = seconds_from(values, "replicate-seconds");
  scheduling::Request request = request_at(place);
  request.array = whole_number(values, "array", 1);
  RunPlan plan;
  Estimate estimate;
  for (const auto& [job, run] : jobs_at(place, context)) {
    const PlannedJob planned = plan_job(job, run, replicate_seconds);
    plan.text += planned.text;
    estimate = estimate + planned.estimate;
    request.blocks = std::max(request.blocks, planned.blocks);
    request.resampling.insert(request.resampling.end(), planned.resampling.begin(), planned.resampling.end());
  }
  request.ranks = whole_number(values, "tasks", scheduling::useful_ranks(estimate, request.blocks));
  plan.links = scheduling::chain(request, estimate);
  const scheduling::Site site = site_of(place.out, context);
  for (const scheduling::Link& link : plan.links)
    plan.scripts.emplace_back(fs::path(site.logs) / (link.name + ".sbatch"),
                              scheduling::batch_script(link, site, estimate));
  plan.text += summary(estimate, request.blocks) + links_text(plan);
  return plan;
}

void write_scripts(const RunPlan& plan) {
  for (const auto& [file, text] : plan.scripts) findings::write_text(file, text);
}

}  // namespace meridian::commands
