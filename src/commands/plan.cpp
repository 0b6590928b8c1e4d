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
      "Reads the answers and measures, on one thread and in processor time: some blocks of people, every model, table "
      "and figure of what these say, and the first replicates of every bootstrap and permutation test. From this "
      "follow memory, time, disk and the number of ranks that is worth asking for. Writes sbatch scripts into "
      "RUN/slurm that call slurm/job.sh; meridian submit sends them.";
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
