#include "commands/job_place.hpp"

#include "commands/bootstrap.hpp"
#include "commands/permute.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

analysis::Job read_checked(const fs::path& file, const JobPlace& place, const std::vector<std::string>& overrides,
                           const Context& context) {
  analysis::Job job = analysis::read_job(file, place.data, context.share, overrides);
  check_bootstraps(job);
  check_permutations(job);
  return job;
}

}  // namespace

JobPlace job_place(const boost::program_options::variables_map& values, const Context& context) {
  JobPlace place;
  place.config = values["config"].as<std::string>();
  if (place.config.is_relative() && !fs::exists(place.config)) place.config = fs::path(context.share) / place.config;
  if (values.count("data")) place.data = values["data"].as<std::string>();
  place.out = values.count("out") ? fs::path(values["out"].as<std::string>()) : fs::path("runs") / place.config.stem();
  if (values.count("set")) place.overrides = values["set"].as<std::vector<std::string>>();
  return place;
}

std::vector<std::pair<analysis::Job, fs::path>> jobs_at(const JobPlace& place, const Context& context) {
  const analysis::Job job = read_checked(place.config, place, place.overrides, context);
  if (job.jobs.empty()) return {{job, place.out}};
  std::vector<std::string> overrides = place.overrides;
  if (job.replicates > 0) overrides.insert(overrides.begin(), "study.replicates=" + std::to_string(job.replicates));
  std::vector<std::pair<analysis::Job, fs::path>> jobs;
  for (const fs::path& part : job.jobs)
    jobs.emplace_back(read_checked(part, place, overrides, context), place.out / part.stem());
  return jobs;
}

}  // namespace meridian::commands
