// The processor quota of Linux control groups. A container or batch system may grant two of 64 visible processors this
// way; threads beyond the quota only wait (kernel documentation: admin-guide/cgroup-v2, scheduler/sched-bwc).
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "runtime/machine.hpp"

namespace meridian::runtime {
namespace {

namespace fs = std::filesystem;

/// Whole processors in quota / period, at least 1; 0 if the texts set no limit.
int whole_cpus(const std::string& quota, const std::string& period) {
  const double granted = std::atof(quota.c_str()), of = std::atof(period.c_str());  // "max" reads as 0
  if (granted <= 0 || of <= 0) return 0;
  return std::max(static_cast<int>(granted / of), 1);
}

int quota_version2(const fs::path& group) {
  std::string quota, period;
  std::ifstream(group / "cpu.max") >> quota >> period;
  return whole_cpus(quota, period);
}

int quota_version1(const fs::path& group) {
  std::string quota, period;
  std::ifstream(group / "cpu.cfs_quota_us") >> quota;  // -1: no limit
  std::ifstream(group / "cpu.cfs_period_us") >> period;
  return whole_cpus(quota, period);
}

/// The tightest quota from `group` up to the mount itself: every parent limits its children. Inside a container the
/// path may name a group that is not visible; then only the parents that are count.
int tightest(const fs::path& mount, const fs::path& group, int (*quota)(const fs::path&)) {
  int least = 0;
  fs::path below = group.lexically_normal().relative_path();  // "/../a" of a container: the mount's own a
  for (;; below = below.parent_path()) {
    const int here = quota(mount / below);
    if (here > 0) least = least > 0 ? std::min(least, here) : here;
    if (below.empty()) return least;
  }
}

bool lists_cpu(const std::string& controllers) { return ("," + controllers + ",").find(",cpu,") != std::string::npos; }

}  // namespace

int quota_cpus(const fs::path& membership, const fs::path& mount) {
  int least = 0;
  std::ifstream lines(membership);
  for (std::string line; std::getline(lines, line);) {  // "4:cpu,cpuacct:/group" or, version 2, "0::/group"
    std::istringstream parts(line);
    std::string number, controllers, group;
    std::getline(std::getline(std::getline(parts, number, ':'), controllers, ':'), group);
    int here = 0;
    if (controllers.empty())
      here = tightest(mount, group, quota_version2);
    else if (lists_cpu(controllers))
      here = tightest(mount / controllers, group, quota_version1);
    if (here > 0) least = least > 0 ? std::min(least, here) : here;
  }
  return least;
}

}  // namespace meridian::runtime
