#include "commands/common_options.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "error.hpp"
#include "runtime/log.hpp"
#include "runtime/machine.hpp"
#include "scheduling/allocation.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

/// What batch systems and users set for OpenMP programs; 0 if nobody did. Lists ("4,2") give their first number.
int asked_by_environment() {
  for (const char* variable : {"OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK"})
    if (const char* text = std::getenv(variable)) return std::max(0, std::atoi(text));
  return 0;
}

}  // namespace

void add_common_options(po::options_description& options) {
  options.add_options()(
      "threads", po::value<int>()->value_name("N"),
      "threads per rank; default: OMP_NUM_THREADS, else the processors of the node that this process may "
      "use divided by its ranks. Never more than the processors. Results do not depend on it")(
      "quiet", po::bool_switch(), "no messages but errors; results still go to standard output");
}

std::string required(const po::variables_map& options, const Command& command, const char* name, const char* what) {
  if (options.count(name) == 0)
    throw InputError(fmt::format("{} needs --{} {}. Example: {}", command.name, name, what, command.example));
  return options[name].as<std::string>();
}

int threads_for(int asked, int usable_cpus, int ranks_on_node) {
  const int wanted = asked > 0 ? asked : usable_cpus / ranks_on_node;
  return std::clamp(wanted, 1, usable_cpus);
}

int threads(const po::variables_map& options, const Context& context) {
  const bool given = options.count("threads") != 0;
  const int asked = given ? options["threads"].as<int>() : asked_by_environment();
  if (given && asked < 1)
    throw InputError("option --threads", std::to_string(asked), "at least 1", "Leave the option away for the default.");
  const scheduling::Allocation granted = scheduling::allocation_from(std::getenv);
  const int usable = runtime::usable_cpus();
  const int cpus = scheduling::granted_threads(usable, granted, std::getenv);
  if (given && asked > cpus)
    runtime::warning(
        fmt::format("--threads {}: this process may use {} processor{}, so it takes {}. Under a launcher, ask "
                    "for more per rank (mpirun --bind-to none, srun --cpus-per-task).",
                    asked, cpus, cpus == 1 ? "" : "s", cpus));
  const int ranks_on_node = context.world.ranks_on_node();
  const int taken = std::min(threads_for(asked, usable, ranks_on_node), cpus);
  const scheduling::Use use{context.world.size(), ranks_on_node, taken, usable, runtime::node_cpus()};
  for (const std::string& line : misfits(granted, use, std::getenv)) runtime::warning(line);
  return taken;
}

}  // namespace meridian::commands
