#pragma once
// What a batch system granted to a job, beside what the job makes of it.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace meridian::scheduling {

/// As Slurm's variables say it; 0 where they say nothing, and outside a job.
struct Allocation {
  int tasks = 0;          ///< SLURM_NTASKS: of the step, or of the job where no step was started
  int cpus_per_task = 0;  ///< SLURM_CPUS_PER_TASK
  int cpus_on_node = 0;   ///< SLURM_CPUS_ON_NODE: of the job on this node
  std::int64_t end = 0;   ///< SLURM_JOB_END_TIME: seconds since 1970
};

/// The value of a variable, nullptr if there is none: std::getenv, or a test's own.
using Environment = std::function<const char*(const char* variable)>;

/// All zeros without SLURM_JOB_ID. What is no number counts as not said.
Allocation allocation_from(const Environment& environment);

/// What runs, as one rank sees it.
struct Use {
  int ranks = 1;
  int ranks_on_node = 1;
  int threads = 1;    ///< per rank
  int rank_cpus = 1;  ///< processors that this rank may use
  int node_cpus = 1;  ///< processors of the node
};

/// One line for every way in which the run does not fit what was granted: idle tasks, idle processors of a task, more
/// ranks and threads than processors, threads of several ranks bound to the same processors by OpenMP.
std::vector<std::string> misfits(const Allocation& granted, const Use& use, const Environment& environment);

/// Threads of one rank within what the task was granted and OpenMP's own limit (OMP_THREAD_LIMIT). At least 1.
int granted_threads(int wanted, const Allocation& granted, const Environment& environment);

}  // namespace meridian::scheduling
