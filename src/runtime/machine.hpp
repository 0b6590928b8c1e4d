#pragma once
// Facts of the machine that decide how to run, never what comes out.
#include <cstddef>
#include <filesystem>
#include <string>

namespace meridian::runtime {

/// Processors this process may use: affinity mask and control-group quota, at least 1.
int usable_cpus();
/// Whole processors that the control groups named in `membership` (/proc/self/cgroup) grant below `mount`
/// (/sys/fs/cgroup), versions 1 and 2; the tightest of the group and its parents. 0: no limit.
int quota_cpus(const std::filesystem::path& membership, const std::filesystem::path& mount);
/// Processors of the whole node, within the control-group quota: what all its ranks share, however each one is bound.
int node_cpus();
std::string host_name();
/// Stops with a clear message (exit code 2) if the processor lacks what the build needs. Compiled for the baseline; it
/// also runs by itself before any other code of the executable.
void require_instruction_set();
/// Highest resident memory of this process so far, bytes.
std::size_t peak_memory();
/// Processor time so far, seconds: of all threads of this process and of the programs that it started and that ended.
double processor_seconds();
/// UTC time as "2026-11-21T04:30:00Z".
std::string utc_now();

}  // namespace meridian::runtime
