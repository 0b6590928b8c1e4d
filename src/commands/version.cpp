#include "commands/version.hpp"

#include <fmt/core.h>

#include "parallel/session.hpp"

namespace meridian::commands {

// The MERIDIAN_ words are set for this file alone, in CMakeLists.txt beside it.
Build build() {
  return {MERIDIAN_VERSION,        commit(),      MERIDIAN_COMPILER, MERIDIAN_BUILD_TYPE, MERIDIAN_ARCHITECTURE,
          parallel::mpi_version(), MERIDIAN_HDF5, MERIDIAN_EIGEN,    MERIDIAN_BOOST,      MERIDIAN_FMT};
}

std::string version_text() {
  const Build b = build();
  return fmt::format(
      "meridian {}\n"
      "commit           {}\n"
      "compiler         {}, {}\n"
      "instruction set  {}\n"
      "MPI              {}\n"
      "HDF5             {}\n"
      "Eigen            {}\n"
      "Boost            {}\n"
      "fmt              {}\n",
      b.version, b.commit, b.compiler, b.build_type, b.instruction_set, b.mpi, b.hdf5, b.eigen, b.boost, b.fmt);
}

}  // namespace meridian::commands
