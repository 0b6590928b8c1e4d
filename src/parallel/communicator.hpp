#pragma once
// The only door to MPI (<mpi.h> is included by the .cpp files of this folder alone). A Communicator is a value that is
// handed in: no stage asks a global who it is. Every operation but Counter::next() is collective: all ranks call it in
// the same order. A failing MPI call becomes meridian::Error (code bug) with MPI's own words.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace meridian::parallel {

class Communicator {
 public:
  /// One process, no MPI: for tests and for commands that need no ranks.
  static Communicator alone();

  int rank() const;
  int size() const;
  /// Ranks on this rank's node (they share its processors), at least 1.
  int ranks_on_node() const;
  bool is_root() const { return rank() == 0; }
  void barrier() const;
  /// Root's bytes on every rank.
  std::string broadcast(const std::string& bytes) const;
  /// Every rank's bytes on root, in rank order (empty elsewhere). Any length, also beyond 2 GiB.
  std::vector<std::string> gather(const std::string& bytes) const;
  /// The largest value of any rank, on every rank (flags, exit codes: never a result).
  int maximum(int value) const;
  /// A fresh shared counter starting at 0: each call of next() anywhere gives the next number, and no number twice.
  /// Making it is collective, next() and dropping it are not. At least one rank must go on until the numbers run out.
  class Counter;
  std::unique_ptr<Counter> counter() const;

  struct Implementation;
  explicit Communicator(std::shared_ptr<Implementation> implementation);

 private:
  std::shared_ptr<Implementation> implementation_;
};

class Communicator::Counter {
 public:
  virtual ~Counter() = default;
  /// On one node, and on networks with remote atomics, nobody is asked. Elsewhere (plain TCP between nodes) the answer
  /// waits until rank 0 next calls MPI, at the latest when it takes its own next unit: keep units short beside a run
  /// (docs/running.md).
  virtual std::size_t next() = 0;
};

}  // namespace meridian::parallel
