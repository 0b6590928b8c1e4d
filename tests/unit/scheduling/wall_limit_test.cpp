#include "scheduling/wall_limit.hpp"

#include <catch2/catch.hpp>
#include <thread>

using namespace meridian::scheduling;
using Catch::Contains;

namespace {

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

TEST_CASE("the rate so far says how many units fit") {
  CHECK(units_until(10, 5, 2.5, 100) == 25);
  CHECK(units_until(10, 5, 2.5, 20) == 20);
  CHECK(units_until(-1, 5, 2.5, 20) == 5);
  CHECK(units_until(1, 5, 0, 20) == 20);
}

TEST_CASE("without an end there is no limit") {
  WallLimit limit(0, 10);
  CHECK_FALSE(limit.reached());
  CHECK(limit.forecast(1) == "");
}

TEST_CASE("work stops shortly before the end of the job") {
  CHECK(WallLimit(now() + static_cast<std::int64_t>(kTimeToEnd) - 1, 10).reached());
  CHECK_FALSE(WallLimit(now() + static_cast<std::int64_t>(kTimeToEnd) + 60, 10).reached());
}

TEST_CASE("what does not fit is told once") {
  WallLimit limit(now() + static_cast<std::int64_t>(kTimeToEnd) + 60, 1000);
  CHECK(limit.forecast(1) == "");  // too early to know a rate
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  CHECK(WallLimit(now() + 3600, 1000).forecast(1) == "");
  CHECK_THAT(limit.forecast(1), Contains("of 1000 units"));
  CHECK(limit.forecast(2) == "");
}
