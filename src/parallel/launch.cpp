#include "parallel/launch.hpp"

#include <cstdlib>

namespace meridian::parallel {
namespace {

/// How a launcher tells a copy how many there are and which one it is. The innermost launcher comes first:
/// mpirun inside a Slurm step sees the variables of both.
struct Launcher {
  const char* size;
  const char* rank;
  const char* remedy;
};

constexpr const char* kOtherMpi =
    "start it with the mpirun of the MPI library it was built with (meridian --version names it), or with ./meridian "
    "--ranks N";

constexpr Launcher kLaunchers[] = {
    {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", kOtherMpi},
    {"PMI_SIZE", "PMI_RANK", kOtherMpi},
    {"MPI_LOCALNRANKS", "MPI_LOCALRANKID", kOtherMpi},
    {"SLURM_STEP_NUM_TASKS", "SLURM_PROCID",
     "use srun --mpi=pmix (srun --mpi=list shows what the site has), or mpirun inside the job"},
};

int number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

}  // namespace

bool started_by_launcher() {
  for (const char* variable : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"})
    if (std::getenv(variable) != nullptr) return true;
  return false;
}

std::string launch_problem(const Communicator& world) {
  for (const Launcher& launcher : kLaunchers) {
    const int copies = number(launcher.size, 0);
    if (copies == 0) continue;
    if (copies == 1 || world.size() > 1) return "";
    return std::to_string(copies) + " copies were started (" + launcher.size + "=" + std::to_string(copies) +
           ") but each one runs alone and does all the work; " + launcher.remedy + ".";
  }
  return "";
}

std::string lonely_problem(const Communicator& world) {
  const int tasks = number("SLURM_NTASKS", 0);
  if (std::getenv("SLURM_JOB_ID") == nullptr || tasks <= 1 || world.size() > 1) return "";
  for (const Launcher& launcher : kLaunchers)
    if (std::getenv(launcher.size) != nullptr) return "";  // one copy was asked for
  return "this Slurm job has " + std::to_string(tasks) + " tasks (SLURM_NTASKS=" + std::to_string(tasks) +
         ") but one copy was started, without a launcher; use srun --mpi=pmix or mpirun, or srun --ntasks=1 if one is "
         "meant.";
}

bool first_copy() {
  for (const Launcher& launcher : kLaunchers)
    if (number(launcher.size, 0) != 0) return number(launcher.rank, 0) == 0;
  return true;
}

}  // namespace meridian::parallel
