#include "trials/reliability.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace meridian::trials;

TEST_CASE("intraclass correlation of Shrout and Fleiss' table") {
  // Shrout & Fleiss (1979), Table 2: 6 targets, 4 ratings each; Table 4: ICC(1,1) = .17, ICC(1,4) = .44.
  const Reliability found =
      reliability({{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}});
  CHECK(found.within == Approx(6.264).margin(0.001));  // WMS = 6.26, BMS = 11.24
  CHECK(found.within + found.k0 * found.between == Approx(11.242).margin(0.001));
  CHECK(found.single == Approx(0.166).margin(0.001));
  CHECK(found.average == Approx(0.443).margin(0.001));
  CHECK(found.k0 == Approx(4));
}

TEST_CASE("unequal numbers of answers, empty items, and what is undefined") {
  const Reliability found = reliability({{1, 2}, {4, 5, 3}, {}, {2}});
  CHECK(found.items == 3);
  CHECK(found.answers == 6);
  CHECK(found.within == Approx(2.5 / 3));
  CHECK(found.k0 == Approx((6 - 14.0 / 6) / 2));
  CHECK(std::isnan(reliability({{1, 2, 3}}).single));
  CHECK(std::isnan(reliability({{1}, {2}}).single));
  CHECK(std::isnan(reliability({{1}, {2}}).within));
  CHECK(std::isnan(reliability({{3, 3}, {3, 3}}).single));
  CHECK(reliability({{1, 1}, {3, 3}}).single == 1);
}
