#include "parallel/session.hpp"

#include <mpi.h>

#include <cstdlib>

#include "parallel/launch.hpp"
#include "parallel/world.hpp"

namespace meridian::parallel {
namespace {

std::shared_ptr<World> start(int& argc, char**& argv) {
  if (!started_by_launcher()) return nullptr;
  // Over plain TCP between hosts Open MPI 4.1 takes its UCX component for shared windows, which then cannot make one.
  ::setenv("OMPI_MCA_osc", "^ucx", 0);
  int provided = MPI_THREAD_SINGLE;  // any level will do: threads of ours never call MPI
  check(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
  return make_world();
}

}  // namespace

Session::Session(int& argc, char**& argv)
    : mpi_(start(argc, argv)), world_(mpi_ ? Communicator(mpi_) : Communicator::alone()) {}

Session::~Session() {
  if (!mpi_) return;
  mpi_->close();
  MPI_Finalize();
}

bool Session::all_failed(double seconds) const { return !mpi_ || mpi_->meet(seconds); }

void Session::abort(int code) const {
  if (mpi_) MPI_Abort(MPI_COMM_WORLD, code);
  std::_Exit(code);
}

std::string mpi_version() {
  char words[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  MPI_Get_library_version(words, &length);
  const std::string text(words, static_cast<std::size_t>(length));
  return text.substr(0, text.find_first_of(",\n"));
}

}  // namespace meridian::parallel
