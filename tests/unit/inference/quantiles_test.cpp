// Expected numbers: R 4.2.2, quantile(c(3.5, -1, 2, 10, 7.25), c(0, .1, .25, .5, .9, 1)).
#include "inference/quantiles.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "error.hpp"

using meridian::inference::five_numbers;
using meridian::inference::median;
using meridian::inference::quantiles;

TEST_CASE("quantiles are R's type 7", "[inference]") {
  const std::vector<double> q = quantiles({3.5, -1, 2, 10, 7.25}, {0, .1, .25, .5, .9, 1});
  const std::vector<double> expected{-1, 0.2, 2, 3.5, 8.9, 10};
  REQUIRE(q.size() == expected.size());
  for (std::size_t i = 0; i < q.size(); ++i) CHECK(q[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("median and five numbers", "[inference]") {
  CHECK(median({4, 1, 3, 2}) == 2.5);
  CHECK(median({7}) == 7);
  const auto five = five_numbers({5, 1, 4, 2, 3});
  CHECK(five.min == 1);
  CHECK(five.q1 == 2);
  CHECK(five.median == 3);
  CHECK(five.q3 == 4);
  CHECK(five.max == 5);
}

TEST_CASE("nothing and NaN give NaN, an impossible probability is a bug", "[inference]") {
  CHECK(std::isnan(median({})));
  CHECK(std::isnan(median({1, std::numeric_limits<double>::quiet_NaN()})));
  CHECK_THROWS_AS(quantiles({1, 2}, {1.5}), meridian::Error);
  CHECK_THROWS_AS(quantiles({1, 2}, {-0.1}), meridian::Error);
}
