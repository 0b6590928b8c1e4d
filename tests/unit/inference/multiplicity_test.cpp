// Expected numbers: R 4.2.2, p.adjust(c(.01, .04, .03, .005, .2, NA, .04), method).
#include "inference/multiplicity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using meridian::inference::adjust;
using meridian::inference::Adjustment;

namespace {
const double none = std::numeric_limits<double>::quiet_NaN();
const std::vector<double> p{.01, .04, .03, .005, .2, none, .04};

void check(Adjustment method, const std::vector<double>& expected) {
  const std::vector<double> adjusted = adjust(p, method);
  REQUIRE(adjusted.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO("position " << i);
    if (std::isnan(expected[i]))
      CHECK(std::isnan(adjusted[i]));
    else
      CHECK(adjusted[i] == Approx(expected[i]).epsilon(1e-14));
  }
}
}  // namespace

TEST_CASE("adjusted p-values are R's, and a missing test does not count", "[inference]") {
  check(Adjustment::bonferroni, {.06, .24, .18, .03, 1, none, .24});
  check(Adjustment::holm, {.05, .12, .12, .03, .2, none, .12});
  check(Adjustment::benjamini_hochberg, {.03, .048, .048, .03, .2, none, .048});
}

TEST_CASE("no tests and a single test are left alone", "[inference]") {
  for (Adjustment method : {Adjustment::bonferroni, Adjustment::holm, Adjustment::benjamini_hochberg}) {
    CHECK(adjust({}, method).empty());
    CHECK(adjust({.3}, method) == std::vector<double>{.3});
    CHECK_FALSE(name(method).empty());
  }
}
