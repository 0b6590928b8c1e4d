// Against R 4.2: prop.test(x, n, correct = FALSE)$conf.int and binom.test(x, n)$conf.int.
#include "inference/proportion.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "inference/paired_shares.hpp"

using namespace meridian::inference;

namespace {

struct Case {
  int hits, trials;
  Interval wilson, exact;
};

constexpr Case kCases[] = {
    {7, 23, {0.1560402445321403, 0.5086575626875920}, {0.1321028796980999, 0.5291916660085065}},
    {0, 10, {0, 0.2775327998628891}, {0, 0.3084971078187608}},
    {10, 10, {0.7224672001371109, 1}, {0.6915028921812392, 1}},
    {499, 1000, {0.4680734887507241, 0.5299341647662470}, {0.4675521862537382, 0.5304537166614578}}};

void check(const Interval& found, const Interval& expected) {
  CHECK(found.low == Approx(expected.low).epsilon(1e-12));
  CHECK(found.high == Approx(expected.high).epsilon(1e-12));
}

}  // namespace

TEST_CASE("limits of shares are R's") {
  for (const Case& one : kCases) {
    INFO(one.hits << " of " << one.trials);
    check(wilson_interval(one.hits, one.trials, 0.95), one.wilson);
    check(clopper_pearson_interval(one.hits, one.trials, 0.95), one.exact);
  }
}

TEST_CASE("limits of a paired difference are those of the printed formula, worked out in R") {
  // p <- 11/52; q <- 3/52; p - q + c(-1, 1) * qnorm(.975) * sqrt((p + q - (p - q)^2) / 52)
  const Interval limits = paired_difference_interval(10, 2, 50, 0.95);
  CHECK(limits.low == Approx(0.0191587086115512).epsilon(1e-12));
  CHECK(limits.high == Approx(0.2885335990807565).epsilon(1e-12));
  CHECK(paired_difference_interval(2, 10, 50, 0.95).low == Approx(-limits.high));
  CHECK(std::isnan(paired_difference_interval(0, 0, 0, 0.95).low));
}

TEST_CASE("without a trial nothing is known of a share") {
  CHECK(std::isnan(wilson_interval(0, 0, 0.95).low));
  CHECK(std::isnan(clopper_pearson_interval(0, 0, 0.95).high));
}
