#include "scheduling/estimate.hpp"

#include <catch2/catch.hpp>

using namespace meridian::scheduling;

TEST_CASE("an estimate multiplies measured pieces") {
  const Costs costs{1.5, 0.5, 0.08, 0.02, 1e6, 3e8, 6, 0.5, 2};
  const Estimate e = estimate(10, costs, {{1, 0.5, 16, 0.3}, {0.5, 0.1, 20, 0.1}});
  CHECK(e.start_seconds == Approx(1.5));
  CHECK(e.similarity_seconds == Approx(5));
  const double serial = 10 * 0.1 + 6 + 0.5 + 2, end = 0.3 + 0.1 + 2 * 10 * 0.02 + 2;
  CHECK(e.serial_seconds == Approx(serial));
  CHECK(e.resampling_start_seconds == Approx(1.5));
  CHECK(e.resampling_seconds == Approx(10));
  CHECK(e.resampling_end_seconds == Approx(end));
  CHECK(e.disk_bytes == Approx(1e7));
  CHECK(wall_seconds(e, 1) == Approx(1.5 + 5 + serial + 1.5 + 10 + end));
  CHECK(wall_seconds(e, 5) == Approx(1.5 + 1 + serial + 1.5 + 2 + end));
  Costs larger = costs;
  larger.memory_bytes = 4e8;
  const Estimate two = e + estimate(10, larger, {});
  CHECK(two.disk_bytes == Approx(2e7));
  CHECK(two.memory_bytes == Approx(4e8));
  CHECK(wall_seconds(two, 1) == Approx(wall_seconds(e, 1) + 1.5 + 5 + serial));
}

TEST_CASE("ranks are useful while doubling them saves a tenth, and while there are units for them") {
  Estimate e;
  e.similarity_seconds = 100;
  CHECK(useful_ranks(e, 64) == 64);
  CHECK(useful_ranks(e, 100) == 64);
  CHECK(useful_ranks(e, 3) == 2);
  CHECK(useful_ranks(e, 1) == 1);
  e.serial_seconds = 100;  // 200, 150, 125, 112.5: the last doubling saves 10 %, the next 5.6 %
  CHECK(useful_ranks(e, 64) == 8);
}

TEST_CASE("what is asked for leaves room") {
  CHECK(minutes_to_ask(1) == 10);
  CHECK(minutes_to_ask(3600) == 120);
  CHECK(minutes_to_ask(3601) == 125);
  CHECK(megabytes_to_ask(0) == 200);
  CHECK(megabytes_to_ask(100e6) == 400);
}
