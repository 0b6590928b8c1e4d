// Expected numbers: R 4.2.2, t.test(x, y); from moments: the same formulas with pt() and qt(), printed with 17 digits.
#include "inference/two_sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using meridian::inference::Moments;
using meridian::inference::TwoSample;
using meridian::inference::welch_t;

namespace {
Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(0); }
const std::vector<double> x{0.12, -0.31, 0.45, 0.27, 0.88, 0.05};
const std::vector<double> y{0.51, 0.62, 0.49, 0.77};
}  // namespace

TEST_CASE("the Welch test of two small samples is R's", "[inference]") {
  const TwoSample test = welch_t(x, y);
  CHECK(test.undefined.empty());
  CHECK(test.estimate == close_to(-0.35416666666666669));
  CHECK(test.statistic == close_to(-2.0102125019060368));
  CHECK(test.df == close_to(6.3987774934032435));
  CHECK(test.p_value == close_to(0.088166274195110556));
  CHECK(test.conf_low == close_to(-0.77884302364087388));
  CHECK(test.conf_high == close_to(0.070509690307540576));
  CHECK(test.std_error == close_to(0.17618369517195523));
  CHECK(welch_t(x, y, 0.90).conf_low == close_to(-0.6927399546590699));
}

TEST_CASE("moments are mean and variance over n - 1", "[inference]") {
  const Moments m = meridian::inference::moments(x);
  CHECK(m.n == 6);
  CHECK(m.mean == close_to(0.24333333333333335));
  CHECK(m.variance == close_to(0.16150666666666666));
  CHECK(std::isnan(meridian::inference::moments({1.5}).variance));
  CHECK(std::isnan(meridian::inference::moments({}).mean));
}

TEST_CASE("p-values keep their relative accuracy far in the tail", "[inference]") {
  CHECK(welch_t(Moments{517, .1, .02}, Moments{515, .5, .03}).p_value ==
        Approx(4.8916367022333057e-213).epsilon(1e-11).margin(0));
  CHECK(welch_t(Moments{4000, 0, 1}, Moments{4000, .84, 1}).p_value ==
        Approx(1.4043701782228288e-284).epsilon(1e-11).margin(0));
  CHECK(welch_t(Moments{2808, .1, .02}, Moments{2357, .28, .03}).p_value ==
        Approx(3.9837897443929824e-305).epsilon(1e-11).margin(0));
}

TEST_CASE("one constant sample is still a test, equal means give p = 1", "[inference]") {
  const TwoSample one_constant = welch_t(Moments{3, 0, 0}, Moments{4, 1, 2});
  CHECK(one_constant.df == close_to(3));
  CHECK(one_constant.p_value == close_to(0.25221549635550433));
  const TwoSample equal = welch_t(Moments{2, 1, .5}, Moments{3, 1, .25});
  CHECK(equal.statistic == 0);
  CHECK(equal.p_value == 1);
  CHECK(equal.conf_high == close_to(2.9884987241291872));
}

TEST_CASE("a test that does not exist says why and gives NaN", "[inference]") {
  const std::vector<double> nothing, one{0.3}, ones{1, 1, 1}, twos{2, 2}, zeros{0, 0};
  for (const TwoSample& none : {welch_t(one, y), welch_t(nothing, y), welch_t(ones, ones), welch_t(zeros, zeros)}) {
    CHECK_FALSE(none.undefined.empty());
    CHECK(std::isnan(none.statistic));
    CHECK(std::isnan(none.p_value));
    CHECK(std::isnan(none.conf_low));
  }
  CHECK(welch_t(one, y).undefined == "a sample has fewer than two values");
  CHECK(welch_t(ones, twos).undefined == "the data are essentially constant");
  CHECK(welch_t(ones, twos).estimate == -1);
}
