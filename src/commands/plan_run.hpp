#pragma once
// From a job's options to its batch jobs: shared by plan and submit.
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "scheduling/chain.hpp"

namespace meridian::commands {

struct RunPlan {
  std::string text;  ///< sizes, what was measured, the estimate: for people
  std::vector<scheduling::Link> links;
  std::vector<std::pair<std::filesystem::path, std::string>> scripts;  ///< one per link, in order: file, content
};

/// Adds --config, --data, --out, --set, --array, --tasks and the cost that may be stated instead of measured.
void add_plan_options(boost::program_options::options_description& options);

/// Reads the answers of every job and measures some of it in a scratch folder (plan_costs.hpp). Writes nothing that
/// stays. Throws InputError for wrong input.
RunPlan plan_run(const boost::program_options::variables_map& values, const Command& command, const Context& context);

/// Writes the scripts, each whole or not at all.
void write_scripts(const RunPlan& plan);

}  // namespace meridian::commands
