#include "checks.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

using meridian::parallel::Communicator;

namespace checks {
namespace {

void expect(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("check failed: " + what);
}

/// Bytes that differ by rank and position, zeros among them.
std::string bytes_of(int rank, std::size_t length) {
  std::string bytes(length, '\0');
  for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<char>((i * 31 + i / 4099 + 7 * rank) % 256);
  return bytes;
}

/// Longer than one piece of a message, with a rest (src/parallel/world.cpp).
constexpr std::size_t kLarge = (std::size_t{33} << 20) + 5;

void broadcast(const Communicator& world) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, kLarge}) {
    const std::string sent = bytes_of(3, length);
    expect(world.broadcast(world.is_root() ? sent : "not root's") == sent, "root's bytes arrive everywhere");
  }
}

/// Rank r gives length(r) bytes.
template <class Length>
void gather_lengths(const Communicator& world, Length&& length) {
  const auto all = world.gather(bytes_of(world.rank(), length(world.rank())));
  if (!world.is_root()) return expect(all.empty(), "only root receives");
  expect(static_cast<int>(all.size()) == world.size(), "one text per rank");
  for (int rank = 0; rank < world.size(); ++rank)
    expect(all[static_cast<std::size_t>(rank)] == bytes_of(rank, length(rank)), "texts come in rank order, whole");
}

void gather(const Communicator& world) {
  gather_lengths(world, [](int rank) { return static_cast<std::size_t>(100 * rank); });
  gather_lengths(world, [](int) { return std::size_t{0}; });
  gather_lengths(world, [](int rank) { return rank % 2 == 0 ? std::size_t{0} : std::size_t{17}; });
  gather_lengths(world, [&](int rank) { return rank == world.size() - 1 ? kLarge : std::size_t{1}; });
}

void maximum(const Communicator& world) {
  expect(world.maximum(world.rank()) == world.size() - 1, "the last rank's number");
  expect(world.maximum(-5 - world.rank()) == -5, "negative numbers");
  expect(world.maximum(world.rank() == world.size() / 2 ? 75 : 0) == 75, "one rank's flag");
}

std::vector<long> numbers(const std::vector<std::string>& texts) {
  std::vector<long> all;
  for (const std::string& text : texts) {
    std::istringstream words(text);
    for (long number; words >> number;) all.push_back(number);
  }
  return all;
}

/// All ranks take numbers up to `total`; together each number once, those of one rank ascending.
void count_to(const Communicator& world, long total) {
  const auto counter = world.counter();
  std::string mine;
  long before = -1;
  for (long number; (number = static_cast<long>(counter->next())) < total; before = number) {
    expect(number > before, "a rank's numbers ascend");
    mine += std::to_string(number) + " ";
  }
  std::vector<long> all = numbers(world.gather(mine));
  if (!world.is_root()) return;
  std::sort(all.begin(), all.end());
  expect(static_cast<long>(all.size()) == total, "as many numbers as asked for");
  for (long i = 0; i < total; ++i) expect(all[static_cast<std::size_t>(i)] == i, "every number once");
}

void counter(const Communicator& world) {
  count_to(world, 2000);
  count_to(world, 1);
  count_to(world, 0);
  const auto first = world.counter();
  const auto second = world.counter();
  if (world.is_root()) expect(first->next() == 0 && first->next() == 1, "only root counts here");
  world.barrier();
  if (world.rank() == world.size() - 1) expect(second->next() == 0, "counters do not share numbers");
  world.barrier();
}

}  // namespace

void run(const std::string& name, const Communicator& world) {
  if (const char* size = std::getenv("OMPI_COMM_WORLD_SIZE"))
    expect(world.size() == std::atoi(size), "MPI sees the ranks that mpirun started");
  if (name == "broadcast") return broadcast(world);
  if (name == "gather") return gather(world);
  if (name == "maximum") return maximum(world);
  if (name == "counter") return counter(world);
  throw std::runtime_error("no such check: " + name);
}

}  // namespace checks
