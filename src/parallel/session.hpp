#pragma once
// MPI from start to end of main, and the launch guard.
#include "parallel/communicator.hpp"

namespace meridian::parallel {

/// MPI_Init_thread(FUNNELED) ... MPI_Finalize. Without a launcher MPI is not started at all: one process, instantly.
class Session {
 public:
  Session(int& argc, char**& argv);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  const Communicator& world() const { return world_; }
  /// Ends all ranks with this code when one of them failed.
  [[noreturn]] void abort(int code) const;

 private:
  Communicator world_;
};

/// A warning in words when N copies run as N singletons (a launcher's variables say size > 1 but MPI does not), else "".
std::string launch_problem(const Communicator& world);

}  // namespace meridian::parallel
