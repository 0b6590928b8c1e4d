#pragma once
// All ranks of a started MPI as a Communicator, and the few calls around it that only Session makes.
#include <memory>

#include "parallel/implementation.hpp"

namespace meridian::parallel {

struct World : Communicator::Implementation {
  /// Frees what is collective to free (windows, communicators). All ranks call it before MPI_Finalize.
  virtual void close() = 0;
  /// True if every rank called this within the time of the slowest: used by ranks that failed, apart from all other
  /// traffic.
  virtual bool meet(double seconds) = 0;
};

/// MPI must be initialised. Errors of the world come back as meridian::Error.
std::shared_ptr<World> make_world();

/// Throws meridian::Error naming the call and MPI's words unless `code` is MPI_SUCCESS.
void check(int code, const char* call);

}  // namespace meridian::parallel
