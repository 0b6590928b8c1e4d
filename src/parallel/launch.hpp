#pragma once
// What the environment says about how this process was started.
#include <string>

#include "parallel/communicator.hpp"

namespace meridian::parallel {

/// True if mpirun, mpiexec or srun with an MPI plug-in started this process.
bool started_by_launcher();

/// What is wrong, with the remedy, when N copies run as N singletons (a launcher's variables say size > 1 but MPI does
/// not), else "".
std::string launch_problem(const Communicator& world);

/// What is wrong, with the remedy, when one copy runs alone, without a launcher, in a Slurm job of several tasks, else
/// "".
std::string lonely_problem(const Communicator& world);

/// True for the copy that the innermost launcher calls number 0, or if there is no launcher: it speaks for all.
bool first_copy();

}  // namespace meridian::parallel
