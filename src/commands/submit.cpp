// meridian submit: the batch scripts of a plan, sent to Slurm; each link waits for the one before.
#include <fmt/format.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "commands/commands.hpp"
#include "commands/plan_run.hpp"
#include "error.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// The command line that sends one link; slurm/submit.sh adds the options of the site. A link whose predecessor failed
/// is cancelled instead of waiting for ever.
std::string submit_line(const fs::path& script, const std::string& after, const Context& context) {
  std::string line = "bash " + scheduling::shell_word((fs::path(context.share) / "slurm/submit.sh").string());
  if (!after.empty()) line += " --kill-on-invalid-dep=yes --dependency=afterok:" + after;
  return line + " " + scheduling::shell_word(script.string());
}

/// Runs the line; the job's number as sbatch --parsable prints it ("123" or "123;cluster").
std::string send(const std::string& line) {
  std::FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) throw InputError("submit: no shell can be started for: " + line);
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  const int status = ::pclose(pipe);
  const std::string job = output.substr(0, output.find_first_of(";\n"));
  if (status != 0 || job.empty() || job.find_first_not_of("0123456789") != std::string::npos)
    throw InputError("submit", fmt::format("exit code {} of: {}", WIFEXITED(status) ? WEXITSTATUS(status) : -1, line),
                     "the number of a job", "sbatch's own message stands above; what was sent before stays queued.");
  return job;
}

void submit(const po::variables_map& values, const Context& context) {
  const RunPlan plan = plan_run(values, submit_command(), context);
  fmt::print("{}", plan.text);
  std::string after;
  const bool dry = values.count("dry-run") > 0;
  if (!dry) write_scripts(plan);
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const auto& [file, text] = plan.scripts[i];
    const std::string line = submit_line(file, after, context);
    if (dry) {
      fmt::print("\n{}\n{}", line, text);
      after = "<" + plan.links[i].name + ">";
      continue;
    }
    std::fflush(stdout);
    after = send(line);
    fmt::print("job {} {}\n", after, plan.links[i].name);
  }
}

}  // namespace

Command submit_command() {
  Command command;
  command.name = "submit";
  command.summary = "send a job to Slurm, as one job or as a chain of arrays";
  command.description =
      "Plans as meridian plan does, writes the scripts and sends them with sbatch and the options of your site "
      "(slurm/site). With --array N: an array for the similarities, a job that puts them together and fits the models, "
      "and, if the job asks for replicates, an array for these and a job that reports; each waits for the one before "
      "(afterok). Prints the number of every job.";
  command.example = "meridian submit --config jobs/mfq2-intervals.ini --data DIR --out runs/intervals --array 8";
  add_plan_options(command.options);
  command.options.add_options()("dry-run", "print scripts and command lines; write and send nothing");
  command.run = submit;
  return command;
}

}  // namespace meridian::commands
