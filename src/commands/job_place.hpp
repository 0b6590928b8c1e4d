#pragma once
// From --config, --data, --out and --set to the jobs they mean: shared by replicate, plan and submit.
#include <boost/program_options/variables_map.hpp>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/job.hpp"
#include "commands/command.hpp"

namespace meridian::commands {

struct JobPlace {
  std::filesystem::path config;
  std::filesystem::path data;          ///< folder of the answers; empty if none was named
  std::filesystem::path out;           ///< run folder
  std::vector<std::string> overrides;  ///< SECTION.KEY=VALUE
};

/// A config that is not where we are is taken from the shipped ones; `out` is runs/<name of the job> by default.
JobPlace job_place(const boost::program_options::variables_map& values, const Context& context);

/// The job itself, or the jobs it names, each with its run folder. Writes nothing. InputError for a job that cannot be
/// read, or that asks for replicates which its analyses do not allow.
std::vector<std::pair<analysis::Job, std::filesystem::path>> jobs_at(const JobPlace& place, const Context& context);

}  // namespace meridian::commands
