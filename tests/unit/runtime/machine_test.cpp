#include "runtime/machine.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <vector>

#include "runtime/instruction_needs.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::runtime;
using meridian::tests::ScratchFolder;

namespace {

/// In a process of its own: clang's OpenMP remembers the mask that it met first.
int usable_with(const cpu_set_t& mask) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(sched_setaffinity(0, sizeof mask, &mask) == 0 ? usable_cpus() : 0);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("no more processors than the affinity mask holds") {
  cpu_set_t all, one;
  REQUIRE(sched_getaffinity(0, sizeof all, &all) == 0);
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu)
    if (CPU_ISSET(cpu, &all)) CPU_SET(cpu, &one);
  CHECK(usable_with(one) == 1);
  CHECK(usable_cpus() >= 1);
  CHECK(usable_cpus() <= CPU_COUNT(&all));
}

TEST_CASE("control groups, version 2: the tightest quota up to the mount") {
  const ScratchFolder folder;
  const auto membership = folder.write("cgroup", "0::/job/step\n");
  const auto mount = folder.path() / "mount";
  CHECK(quota_cpus(membership, mount) == 0);
  folder.write("mount/job/step/cpu.max", "max 100000\n");
  CHECK(quota_cpus(membership, mount) == 0);
  folder.write("mount/job/cpu.max", "400000 100000\n");
  CHECK(quota_cpus(membership, mount) == 4);
  folder.write("mount/job/step/cpu.max", "250000 100000\n");
  CHECK(quota_cpus(membership, mount) == 2);
  folder.write("mount/cpu.max", "50000 100000\n");
  CHECK(quota_cpus(membership, mount) == 1);
}

TEST_CASE("control groups, version 1: quota and period, -1 is no limit") {
  const ScratchFolder folder;
  const auto membership = folder.write("cgroup", "12:cpuset:/x\n4:cpu,cpuacct:/job\n3:memory:/job\n1:name=systemd:/\n");
  const auto mount = folder.path() / "mount";
  folder.write("mount/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  folder.write("mount/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  CHECK(quota_cpus(membership, mount) == 0);
  folder.write("mount/cpu,cpuacct/job/cpu.cfs_quota_us", "600000\n");
  CHECK(quota_cpus(membership, mount) == 6);
  folder.write("mount/cpuset/x/cpu.cfs_quota_us", "100000\n");  // not the cpu controller
  folder.write("mount/cpuset/x/cpu.cfs_period_us", "100000\n");
  CHECK(quota_cpus(membership, mount) == 6);
}

TEST_CASE("control groups: a group that is not visible in the container, no groups at all") {
  const ScratchFolder folder;
  folder.write("mount/cpu.max", "300000 100000\n");
  CHECK(quota_cpus(folder.write("cgroup", "0::/../../docker/abc\n"), folder.path() / "mount") == 3);
  CHECK(quota_cpus(folder.write("empty", ""), folder.path() / "mount") == 0);
  CHECK(quota_cpus(folder.path() / "none", folder.path() / "mount") == 0);
  CHECK(quota_cpus(folder.write("odd", "no colons\n::\n0::\n"), folder.path() / "mount") == 3);
}

TEST_CASE("peak memory grows with what is touched") {
  const std::size_t before = peak_memory();
  CHECK(before > 1000000);
  std::vector<char> large(std::size_t{1} << 27);
  volatile char* const bytes = large.data();  // or the compiler leaves out what nobody reads
  for (std::size_t i = 0; i < large.size(); i += 4096) bytes[i] = 1;
  CHECK(peak_memory() >= before + (std::size_t{1} << 26));
}

TEST_CASE("the time is UTC in ISO 8601") {
  const std::string now = utc_now();
  REQUIRE(now.size() == 20);
  std::tm parts{};
  REQUIRE(::strptime(now.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) != nullptr);
  CHECK(std::abs(std::difftime(::timegm(&parts), std::time(nullptr))) <= 2);
}

TEST_CASE("the host has a name") { CHECK_FALSE(host_name().empty()); }

TEST_CASE("what the build needs follows the compiler, and this processor has it") {
#ifdef __AVX2__
  CHECK(instruction_needs.avx2);
#else
  CHECK_FALSE(instruction_needs.avx2);
#endif
  require_instruction_set();  // would end the process
}
