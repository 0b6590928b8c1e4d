#include "scheduling/allocation.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace meridian::scheduling;
using Catch::Contains;
using Variables = std::map<std::string, std::string>;

namespace {

Environment of(const Variables& variables) {
  return [variables](const char* name) {
    static std::string value;
    const auto found = variables.find(name);
    if (found == variables.end()) return static_cast<const char*>(nullptr);
    value = found->second;
    return value.c_str();
  };
}

std::vector<std::string> lines(const Variables& variables, const Use& use) {
  return misfits(allocation_from(of(variables)), use, of(variables));
}

}  // namespace

TEST_CASE("an allocation is what Slurm's variables say") {
  const Allocation granted = allocation_from(of({{"SLURM_JOB_ID", "7"},
                                                 {"SLURM_NTASKS", "4"},
                                                 {"SLURM_CPUS_PER_TASK", "8"},
                                                 {"SLURM_CPUS_ON_NODE", "many"},
                                                 {"SLURM_JOB_END_TIME", "1795273200"}}));
  CHECK(granted.tasks == 4);
  CHECK(granted.cpus_per_task == 8);
  CHECK(granted.cpus_on_node == 0);
  CHECK(granted.end == 1795273200);
  CHECK(allocation_from(of({{"SLURM_NTASKS", "4"}})).tasks == 0);  // no job
}

TEST_CASE("what fits is not spoken of") {
  const Variables job{
      {"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "4"}, {"SLURM_CPUS_PER_TASK", "2"}, {"SLURM_CPUS_ON_NODE", "8"}};
  CHECK(lines(job, {4, 4, 2, 2, 64}).empty());
  CHECK(lines({}, {1, 1, 2, 2, 2}).empty());
  CHECK(lines({{"OMP_PROC_BIND", "true"}}, {4, 4, 1, 1, 4}).empty());   // each rank has a processor of its own
  CHECK(lines({{"OMP_PROC_BIND", "false"}}, {2, 2, 1, 4, 4}).empty());  // nothing is bound
  CHECK(lines({{"OMP_PROC_BIND", "true"}}, {1, 1, 4, 4, 4}).empty());
}

TEST_CASE("every misfit is one line") {
  const Variables job{{"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "4"}, {"SLURM_CPUS_PER_TASK", "8"}};
  const auto both = lines(job, {2, 2, 1, 8, 64});
  REQUIRE(both.size() == 2);
  CHECK_THAT(both[0], Contains("2 of 4 tasks that Slurm granted (SLURM_NTASKS) stay idle"));
  CHECK_THAT(both[1], Contains("1 thread of the 8 processors"));
  const auto crowded = lines({{"SLURM_JOB_ID", "7"}, {"SLURM_CPUS_ON_NODE", "4"}}, {6, 3, 2, 4, 64});
  REQUIRE(crowded.size() == 1);
  CHECK_THAT(crowded[0], Contains("3 ranks with 2 threads each share 4 processors"));
  const auto bound = lines({{"OMP_PROC_BIND", "close"}}, {2, 2, 2, 4, 4});
  REQUIRE(bound.size() == 1);
  CHECK_THAT(bound[0], Contains("OMP_PROC_BIND=close") && Contains("2 ranks") && Contains("--cpu-bind"));
}

TEST_CASE("a rank takes no more threads than its task was granted") {
  const Variables job{{"SLURM_JOB_ID", "7"}, {"SLURM_CPUS_PER_TASK", "8"}};
  CHECK(granted_threads(64, allocation_from(of(job)), of(job)) == 8);
  CHECK(granted_threads(4, allocation_from(of(job)), of(job)) == 4);
  CHECK(granted_threads(64, {}, of({{"OMP_THREAD_LIMIT", "3"}})) == 3);
  CHECK(granted_threads(64, {}, of({{"OMP_THREAD_LIMIT", "none"}})) == 64);
  CHECK(granted_threads(0, {}, of({})) == 1);
}
