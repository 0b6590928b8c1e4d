#pragma once
// What the environment says about how this process was started.
#include <string>

#include "parallel/communicator.hpp"

namespace meridian::parallel {

/// True if mpirun, mpiexec or srun with an MPI plug-in started this process.
bool started_by_launcher();

/// A warning in words when N copies run as N singletons (a launcher's variables say size > 1 but MPI does not), else
/// "". Only the first copy speaks, if the launcher numbers them.
std::string launch_problem(const Communicator& world);

}  // namespace meridian::parallel
