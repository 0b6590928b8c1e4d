#include "parallel/outcome.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>

using namespace meridian;
using namespace meridian::parallel;
using Catch::Contains;

TEST_CASE("every way to end has its exit code and its words") {
  const Outcome done = attempt([] {});
  CHECK(done.code == ExitCode::done);
  CHECK(done.message.empty());

  const Outcome input = attempt([] { throw InputError("a.csv:3, column 'age'", "'x'", "a number", "Mend it."); });
  CHECK(input.code == ExitCode::input);
  CHECK(input.message == "error: a.csv:3, column 'age': found 'x', expected a number. Mend it.");

  const Outcome differs = attempt([] { throw VerificationError("2 numbers differ"); });
  CHECK(differs.code == ExitCode::verification);

  const Outcome stopped = attempt([] { throw Stopped("3 of 9 blocks are done"); });
  CHECK(stopped.code == ExitCode::stopped);
  CHECK(stopped.message == "stopped: 3 of 9 blocks are done");

  const Outcome bug = attempt([] { throw std::logic_error("index 7"); });
  CHECK(bug.code == ExitCode::bug);
  CHECK_THAT(bug.message, Contains("index 7") && Contains("This is a bug"));

  const Outcome memory = attempt([] { throw std::bad_alloc(); });
  CHECK(memory.code == ExitCode::input);
  CHECK_THAT(memory.message, Contains("out of memory") && Contains("fewer ranks"));
}

TEST_CASE("ranks that say the same are printed once") {
  using Lines = std::vector<std::string>;
  CHECK(distinct({"same", "same", "same"}) == Lines{"same"});
  CHECK(distinct({"", "", ""}).empty());
  CHECK(distinct({"", "bad", ""}) == Lines{"rank 1: bad"});
  CHECK(distinct({"a", "b", "a"}) == Lines{"rank 0, 2: a", "rank 1: b"});
  CHECK(distinct({"alone"}) == Lines{"alone"});
}
