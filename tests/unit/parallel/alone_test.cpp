#include <catch2/catch.hpp>
#include <set>
#include <thread>
#include <vector>

#include "parallel/communicator.hpp"
#include "parallel/session.hpp"

namespace parallel = meridian::parallel;

TEST_CASE("one process alone is its own root and gets back what it gives") {
  const parallel::Communicator world = parallel::Communicator::alone();
  CHECK(world.rank() == 0);
  CHECK(world.size() == 1);
  CHECK(world.ranks_on_node() == 1);
  CHECK(world.is_root());
  CHECK(world.broadcast("a\0b") == std::string("a\0b"));
  CHECK(world.gather("mine") == std::vector<std::string>{"mine"});
  CHECK(world.gather("") == std::vector<std::string>{""});
  CHECK(world.maximum(-3) == -3);
}

TEST_CASE("a counter alone hands out every number once, also to threads, and each counter is fresh") {
  const parallel::Communicator world = parallel::Communicator::alone();
  const auto counter = world.counter();
  std::vector<std::vector<std::size_t>> taken(4);
  std::vector<std::thread> threads;
  for (auto& mine : taken)
    threads.emplace_back([&counter, &mine] {
      for (int i = 0; i < 1000; ++i) mine.push_back(counter->next());
    });
  for (auto& thread : threads) thread.join();

  std::set<std::size_t> all;
  for (const auto& mine : taken) all.insert(mine.begin(), mine.end());
  CHECK(all.size() == 4000);
  CHECK(*all.rbegin() == 3999);
  CHECK(world.counter()->next() == 0);
}

TEST_CASE("without a launcher a session is alone") {
  int argc = 0;
  char** argv = nullptr;
  const parallel::Session session(argc, argv);
  CHECK(session.world().size() == 1);
  CHECK(session.all_failed(0.0));
}
