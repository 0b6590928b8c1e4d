#include "scheduling/allocation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace meridian::scheduling {
namespace {

std::int64_t number(const Environment& environment, const char* variable) {
  const char* text = environment(variable);
  return text == nullptr ? 0 : std::max<std::int64_t>(0, std::atoll(text));
}

int count(const Environment& environment, const char* variable) {
  return static_cast<int>(std::min<std::int64_t>(number(environment, variable), 1'000'000'000));
}

std::string several(int number, const char* thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

/// The variable that makes OpenMP bind threads to processors, with its value; "" if none does.
std::string binding(const Environment& environment) {
  if (const char* text = environment("GOMP_CPU_AFFINITY")) return std::string("GOMP_CPU_AFFINITY=") + text;
  const char* text = environment("OMP_PROC_BIND");
  if (text == nullptr || std::string_view(text) == "false" || std::string_view(text) == "FALSE") return "";
  return std::string("OMP_PROC_BIND=") + text;
}

int processors_of_node(const Allocation& granted, const Use& use) {
  return granted.cpus_on_node > 0 ? std::min(granted.cpus_on_node, use.node_cpus) : use.node_cpus;
}

}  // namespace

Allocation allocation_from(const Environment& environment) {
  if (environment("SLURM_JOB_ID") == nullptr) return {};
  return {count(environment, "SLURM_NTASKS"), count(environment, "SLURM_CPUS_PER_TASK"),
          count(environment, "SLURM_CPUS_ON_NODE"), number(environment, "SLURM_JOB_END_TIME")};
}

std::vector<std::string> misfits(const Allocation& granted, const Use& use, const Environment& environment) {
  std::vector<std::string> lines;
  if (granted.tasks > use.ranks)
    lines.push_back(fmt::format("{} of {} tasks that Slurm granted (SLURM_NTASKS) {} idle: start one rank per task",
                                granted.tasks - use.ranks, granted.tasks,
                                granted.tasks - use.ranks == 1 ? "stays" : "stay"));
  if (granted.cpus_per_task > use.threads)
    lines.push_back(fmt::format("each rank uses {} of the {} that Slurm granted it (SLURM_CPUS_PER_TASK)",
                                several(use.threads, "thread"), several(granted.cpus_per_task, "processor")));
  const int cpus = processors_of_node(granted, use);
  if (use.ranks_on_node > 1 && use.ranks_on_node * use.threads > cpus)
    lines.push_back(fmt::format("{} with {} each share {} on this node: more of them than processors are slower",
                                several(use.ranks_on_node, "rank"), several(use.threads, "thread"),
                                several(cpus, "processor")));
  const std::string bound = binding(environment);
  if (!bound.empty() && use.ranks_on_node > 1 && use.ranks_on_node * use.rank_cpus > cpus)
    lines.push_back(
        fmt::format("{} puts the threads of all {} of this node on the same processors: unset it, or bind "
                    "the ranks (srun --cpu-bind=cores, mpirun --map-by slot:PE=N)",
                    bound, several(use.ranks_on_node, "rank")));
  return lines;
}

int granted_threads(int wanted, const Allocation& granted, const Environment& environment) {
  const int limit = count(environment, "OMP_THREAD_LIMIT");
  if (granted.cpus_per_task > 0) wanted = std::min(wanted, granted.cpus_per_task);
  if (limit > 0) wanted = std::min(wanted, limit);
  return std::max(wanted, 1);
}

}  // namespace meridian::scheduling
