#include "inference/one_sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace meridian::inference {

TEST_CASE("one-sample t as R's t.test") {
  // R 4.2.2: t.test(c(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0))
  const OneSample test = one_sample_t(moments({0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}));
  CHECK(test.estimate == Approx(0.75).epsilon(1e-14));
  CHECK(test.statistic == Approx(1.32571014071382).epsilon(1e-12));
  CHECK(test.p_value == Approx(0.217597780068449).epsilon(1e-12));
  CHECK(test.df == 9);
}

TEST_CASE("one value or a constant gives no one-sample test") {
  CHECK(std::isnan(one_sample_t(moments({1})).statistic));
  CHECK(std::isnan(one_sample_t(moments({0.1, 0.1, 0.1})).p_value));
  CHECK(one_sample_t(moments({2, 2})).estimate == 2);
}

}  // namespace meridian::inference
