#include "runtime/machine.hpp"

#include <omp.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

namespace meridian::runtime {
namespace {

/// Processors in this thread's affinity mask; the mask grows until the kernel's own fits.
int thread_cpus() {
  for (std::size_t words = 16; words <= 4096; words *= 2) {
    std::vector<cpu_set_t> sets(words);
    const std::size_t bytes = words * sizeof(cpu_set_t);
    if (sched_getaffinity(0, bytes, sets.data()) == 0) return CPU_COUNT_S(bytes, sets.data());
  }
  return static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
}

/// Processors in the affinity mask of the process. OMP_PROC_BIND binds the first thread to one of them before main();
/// OpenMP remembers the others.
int affinity_cpus() { return std::max(thread_cpus(), omp_get_num_procs()); }

int within_quota(int cpus) {
  const int quota = quota_cpus("/proc/self/cgroup", "/sys/fs/cgroup");
  return std::max(quota > 0 ? std::min(cpus, quota) : cpus, 1);
}

}  // namespace

int usable_cpus() { return within_quota(affinity_cpus()); }

int node_cpus() { return within_quota(static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN))); }

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::size_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;  // Linux counts kilobytes
}

double processor_seconds() {
  double seconds = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      seconds += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  return seconds;
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace meridian::runtime
