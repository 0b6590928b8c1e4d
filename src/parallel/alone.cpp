#include <atomic>

#include "parallel/implementation.hpp"

namespace meridian::parallel {
namespace {

class LocalCounter : public Communicator::Counter {
 public:
  std::size_t next() override { return next_++; }

 private:
  std::atomic<std::size_t> next_ = 0;
};

struct Alone : Communicator::Implementation {
  int rank() const override { return 0; }
  int size() const override { return 1; }
  int ranks_on_node() const override { return 1; }
  void barrier() override {}
  std::string broadcast(const std::string& bytes) override { return bytes; }
  std::vector<std::string> gather(const std::string& bytes) override { return {bytes}; }
  int maximum(int value) override { return value; }
  std::unique_ptr<Communicator::Counter> counter() override { return std::make_unique<LocalCounter>(); }
};

}  // namespace

Communicator Communicator::alone() { return Communicator(std::make_shared<Alone>()); }

}  // namespace meridian::parallel
