#pragma once
// What stands behind a Communicator: one process alone (alone.cpp) or an MPI world (world.cpp).
#include "parallel/communicator.hpp"

namespace meridian::parallel {

struct Communicator::Implementation {
  virtual ~Implementation() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  virtual int ranks_on_node() const = 0;
  virtual void barrier() = 0;
  virtual std::string broadcast(const std::string& bytes) = 0;
  virtual std::vector<std::string> gather(const std::string& bytes) = 0;
  virtual int maximum(int value) = 0;
  virtual std::unique_ptr<Counter> counter() = 0;
};

}  // namespace meridian::parallel
