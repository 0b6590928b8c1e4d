#pragma once
// The only door to MPI (MPI calls are in communicator.cpp and session.cpp). A Communicator is a value that is handed in.
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
  bool is_root() const { return rank() == 0; }
  void barrier() const;
  /// Root's bytes on every rank.
  std::string broadcast(const std::string& bytes) const;
  /// Every rank's bytes on root, in rank order (empty elsewhere). Any length, also beyond 2 GiB.
  std::vector<std::string> gather(const std::string& bytes) const;
  /// The largest value of any rank, on every rank (flags, exit codes: never a result).
  int maximum(int value) const;
  /// A fresh shared counter starting at 0: each call of next() anywhere gives the next number once.
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
  virtual std::size_t next() = 0;
};

}  // namespace meridian::parallel
