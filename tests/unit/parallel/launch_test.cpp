#include "parallel/launch.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>

using meridian::parallel::Communicator;
using meridian::parallel::launch_problem;
using meridian::parallel::started_by_launcher;

namespace {

/// The launchers' variables as given for one test, and none of the surrounding ones.
class Environment {
 public:
  explicit Environment(std::initializer_list<std::pair<const char*, std::string>> values) {
    clear();
    for (const auto& [name, value] : values) setenv(name, value.c_str(), 1);
  }
  ~Environment() { clear(); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static void clear() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "PMI_SIZE",
                             "MPI_LOCALNRANKS", "MPI_LOCALRANKID", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"})
      unsetenv(name);
  }
};

}  // namespace

TEST_CASE("MPI starts only under a launcher that speaks to it") {
  SECTION("nothing set") {
    const Environment none({});
    CHECK_FALSE(started_by_launcher());
  }
  SECTION("a batch script's own process is no MPI rank") {
    const Environment script({{"SLURM_PROCID", "0"}});
    CHECK_FALSE(started_by_launcher());
  }
  const auto variable = GENERATE(as<std::string>(), "OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK");
  const Environment launched({{variable.c_str(), "0"}});
  CHECK(started_by_launcher());
}

TEST_CASE("copies that do not know of each other are told how to start") {
  const Communicator world = Communicator::alone();
  SECTION("nothing to say") {
    const Environment none({});
    CHECK(launch_problem(world).empty());
  }
  SECTION("one copy is as it should be") {
    const Environment one({{"SLURM_STEP_NUM_TASKS", "1"}});
    CHECK(launch_problem(world).empty());
  }
  SECTION("srun without a plug-in") {
    const Environment four({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "0"}});
    CHECK_THAT(launch_problem(world), Catch::Contains("4 copies") && Catch::Contains("--mpi=pmix"));
  }
  SECTION("another MPI's mpiexec") {
    const Environment three({{"PMI_SIZE", "3"}, {"PMI_RANK", "0"}});
    CHECK_THAT(launch_problem(world), Catch::Contains("3 copies") && Catch::Contains("--ranks N"));
  }
  SECTION("only the first copy speaks, all are wrong") {
    const Environment second({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "1"}});
    CHECK_FALSE(launch_problem(world).empty());
    CHECK_FALSE(meridian::parallel::first_copy());
  }
  SECTION("the innermost launcher counts: mpirun -np 1 inside a step of 4") {
    const Environment nested({{"OMPI_COMM_WORLD_SIZE", "1"}, {"SLURM_STEP_NUM_TASKS", "4"}});
    CHECK(launch_problem(world).empty());
  }
}
