// meridian plan: what a job will take, and the batch scripts for it.
#include <fmt/format.h>

#include "commands/commands.hpp"
#include "commands/plan_run.hpp"

namespace meridian::commands {

Command plan_command() {
  Command command;
  command.name = "plan";
  command.summary = "what a job will take on a cluster, and its batch scripts";
  command.description =
      "Reads the answers, computes one block of people on one thread and measures it: from this follow memory, time, "
      "disk and the number of ranks that is worth asking for. What is stated instead of measured is said so. Writes "
      "sbatch scripts into RUN/slurm that call slurm/job.sh; meridian submit sends them.";
  command.example = "meridian plan --config jobs/mfq2.ini --data DIR --out runs/mfq2 --array 8";
  add_plan_options(command.options);
  command.run = [command](const boost::program_options::variables_map& values, const Context& context) {
    const RunPlan plan = plan_run(values, command, context);
    write_scripts(plan);
    fmt::print("{}", plan.text);
  };
  return command;
}

}  // namespace meridian::commands
