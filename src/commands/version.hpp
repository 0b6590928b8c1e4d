#pragma once
// What this executable was built from. For people and for provenance; no result depends on it.
#include <string>

namespace meridian::commands {

struct Build {
  std::string version;
  std::string commit;  ///< the tree's last commit (git describe); "unknown" outside a repository
  std::string compiler;
  std::string build_type;
  std::string instruction_set;  ///< -march
  std::string mpi, hdf5, eigen, boost, fmt;
};

Build build();
/// The output of --version.
std::string version_text();
/// Written anew by the build when the commit changes (cmake/commit.cmake).
const char* commit();

}  // namespace meridian::commands
