#pragma once
// Facts of the machine that decide how to run, never what comes out.
#include <string>

namespace meridian::runtime {

/// Processors this process may use: affinity mask and control-group quota, at least 1.
int usable_cpus();
std::string host_name();
/// Stops with a clear message (exit code 2) if the processor lacks what the build needs. Compiled for the baseline.
void require_instruction_set();
/// Highest resident memory of this process so far, bytes.
std::size_t peak_memory();
/// UTC time as "2026-11-21T04:30:00Z".
std::string utc_now();

}  // namespace meridian::runtime
