#include "parallel/world.hpp"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

#include "error.hpp"

namespace meridian::parallel {
namespace {

/// MPI 3.1 counts elements in an int; messages go in pieces far below that.
constexpr std::uint64_t kPiece = std::uint64_t{16} << 20;
constexpr int kRoot = 0;
constexpr int kGatherTag = 1;

/// Calls piece(offset, length) for consecutive pieces of `bytes` bytes.
template <class Piece>
void in_pieces(std::uint64_t bytes, Piece&& piece) {
  for (std::uint64_t offset = 0; offset < bytes; offset += kPiece)
    piece(offset, static_cast<int>(std::min(kPiece, bytes - offset)));
}

/// The number lives in a window on rank 0. The window belongs to the world, not to the counter: freeing it is
/// collective, and a rank that leaves by an exception must not wait for the others.
class WindowCounter : public Communicator::Counter {
 public:
  explicit WindowCounter(MPI_Win window) : window_(window) {}
  std::size_t next() override {
    const std::uint64_t one = 1;
    std::uint64_t before = 0;
    check(MPI_Fetch_and_op(&one, &before, MPI_UINT64_T, kRoot, 0, MPI_SUM, window_), "MPI_Fetch_and_op");
    check(MPI_Win_flush(kRoot, window_), "MPI_Win_flush");
    return static_cast<std::size_t>(before);
  }

 private:
  MPI_Win window_;
};

int node_size() {
  MPI_Comm node = MPI_COMM_NULL;
  int size = 1;
  check(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node), "MPI_Comm_split_type");
  check(MPI_Comm_size(node, &size), "MPI_Comm_size");
  check(MPI_Comm_free(&node), "MPI_Comm_free");
  return size;
}

class MpiWorld : public World {
 public:
  MpiWorld() {
    check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
    check(MPI_Comm_rank(MPI_COMM_WORLD, &rank_), "MPI_Comm_rank");
    check(MPI_Comm_size(MPI_COMM_WORLD, &size_), "MPI_Comm_size");
    check(MPI_Comm_dup(MPI_COMM_WORLD, &failures_), "MPI_Comm_dup");
    ranks_on_node_ = node_size();
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  int ranks_on_node() const override { return ranks_on_node_; }
  void barrier() override { check(MPI_Barrier(MPI_COMM_WORLD), "MPI_Barrier"); }

  std::string broadcast(const std::string& bytes) override {
    std::uint64_t length = bytes.size();
    check(MPI_Bcast(&length, 1, MPI_UINT64_T, kRoot, MPI_COMM_WORLD), "MPI_Bcast");
    std::string received = rank_ == kRoot ? bytes : std::string(length, '\0');
    in_pieces(length, [&](std::uint64_t offset, int count) {
      check(MPI_Bcast(received.data() + offset, count, MPI_BYTE, kRoot, MPI_COMM_WORLD), "MPI_Bcast");
    });
    return received;
  }

  std::vector<std::string> gather(const std::string& bytes) override {
    const std::uint64_t length = bytes.size();
    std::vector<std::uint64_t> lengths(rank_ == kRoot ? static_cast<std::size_t>(size_) : 0);
    check(MPI_Gather(&length, 1, MPI_UINT64_T, lengths.data(), 1, MPI_UINT64_T, kRoot, MPI_COMM_WORLD), "MPI_Gather");
    if (rank_ == kRoot) return receive_all(bytes, lengths);
    in_pieces(length, [&](std::uint64_t offset, int count) {
      check(MPI_Send(bytes.data() + offset, count, MPI_BYTE, kRoot, kGatherTag, MPI_COMM_WORLD), "MPI_Send");
    });
    return {};
  }

  int maximum(int value) override {
    int largest = value;
    check(MPI_Allreduce(&value, &largest, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD), "MPI_Allreduce");
    return largest;
  }

  std::unique_ptr<Communicator::Counter> counter() override {
    std::uint64_t* number = nullptr;
    MPI_Win window = MPI_WIN_NULL;
    const MPI_Aint bytes = rank_ == kRoot ? sizeof *number : 0;
    check(MPI_Win_allocate(bytes, sizeof *number, MPI_INFO_NULL, MPI_COMM_WORLD, &number, &window), "MPI_Win_allocate");
    windows_.push_back(window);
    check(MPI_Win_set_errhandler(window, MPI_ERRORS_RETURN), "MPI_Win_set_errhandler");
    check(MPI_Win_lock_all(0, window), "MPI_Win_lock_all");
    if (rank_ == kRoot) *number = 0;
    check(MPI_Win_sync(window), "MPI_Win_sync");
    barrier();  // nobody counts before the zero is there
    return std::make_unique<WindowCounter>(window);
  }

  bool meet(double seconds) override {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::duration<double>(seconds);
    MPI_Request everybody = MPI_REQUEST_NULL;
    check(MPI_Ibarrier(failures_, &everybody), "MPI_Ibarrier");
    for (;;) {
      int here = 0;
      check(MPI_Test(&everybody, &here, MPI_STATUS_IGNORE), "MPI_Test");
      if (here != 0) return true;
      if (Clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  void close() override {
    for (MPI_Win& window : windows_) {
      MPI_Win_unlock_all(window);
      MPI_Win_free(&window);
    }
    windows_.clear();
    MPI_Comm_free(&failures_);
  }

 private:
  std::vector<std::string> receive_all(const std::string& own, const std::vector<std::uint64_t>& lengths) {
    std::vector<std::string> all(lengths.size());
    all[kRoot] = own;
    for (int from = 1; from < size_; ++from) {
      std::string& text = all[static_cast<std::size_t>(from)];
      text.resize(lengths[static_cast<std::size_t>(from)]);
      in_pieces(text.size(), [&](std::uint64_t offset, int count) {
        check(MPI_Recv(text.data() + offset, count, MPI_BYTE, from, kGatherTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE),
              "MPI_Recv");
      });
    }
    return all;
  }

  int rank_ = 0;
  int size_ = 1;
  int ranks_on_node_ = 1;
  MPI_Comm failures_ = MPI_COMM_NULL;
  std::vector<MPI_Win> windows_;
};

}  // namespace

void check(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  char words[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  MPI_Error_string(code, words, &length);
  throw Error(ExitCode::bug, std::string(call) + " failed: " + std::string(words, static_cast<std::size_t>(length)));
}

std::shared_ptr<World> make_world() { return std::make_shared<MpiWorld>(); }

}  // namespace meridian::parallel
