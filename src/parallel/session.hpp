#pragma once
// MPI from start to end of main, and how ranks end together.
#include <memory>
#include <string>

#include "parallel/communicator.hpp"

namespace meridian::parallel {

struct World;

/// MPI_Init_thread(FUNNELED) ... MPI_Finalize. Without a launcher MPI is not started at all: one process, instantly.
/// FUNNELED: only the thread that made the session may call a Communicator.
class Session {
 public:
  Session(int& argc, char**& argv);
  /// Collective: every rank ends its session.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  const Communicator& world() const { return world_; }
  /// For ranks that failed. True if all ranks failed within the time and so may end in good order together; false if
  /// others are still working and only abort() ends them.
  bool all_failed(double seconds) const;
  /// Ends all ranks with this code when one of them failed.
  [[noreturn]] void abort(int code) const;

 private:
  std::shared_ptr<World> mpi_;  ///< empty when alone
  Communicator world_;
};

/// The MPI library and its version, "Open MPI v4.1.4".
std::string mpi_version();

}  // namespace meridian::parallel
