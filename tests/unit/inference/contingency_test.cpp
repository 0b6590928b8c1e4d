// Expected numbers: R 4.2.2, chisq.test(), printed with 17 digits.
#include "inference/contingency.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "error.hpp"

using meridian::inference::chi_square;
using meridian::inference::ChiSquare;

namespace {
Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(0); }
}  // namespace

TEST_CASE("a 2 x 2 table with and without Yates' correction is R's", "[inference]") {
  const ChiSquare corrected = chi_square({2, 2, {12, 5, 7, 9}});
  CHECK(corrected.statistic == close_to(1.4559963788146839));
  CHECK(corrected.df == 1);
  CHECK(corrected.p_value == close_to(0.22756821457580992));
  CHECK(corrected.caution.empty());
  const ChiSquare plain = chi_square({2, 2, {12, 5, 7, 9}}, false);
  CHECK(plain.statistic == close_to(2.4305755196815575));
  CHECK(plain.p_value == close_to(0.1189892055321448));
}

TEST_CASE("the correction never exceeds the departure itself", "[inference]") {
  const ChiSquare nearly_even = chi_square({2, 2, {25, 26, 25, 24}});
  CHECK(nearly_even.statistic == Approx(0).margin(1e-15));
  CHECK(nearly_even.p_value == Approx(1));
}

TEST_CASE("a very large statistic has the p-value that R gives", "[inference]") {
  const ChiSquare huge = chi_square({2, 2, {500, 2308, 1800, 557}});
  CHECK(huge.statistic == close_to(1776.7542936327679));
  CHECK(huge.p_value == 0);  // about 1e-388: below the smallest double, in R too
}

TEST_CASE("larger tables are not corrected", "[inference]") {
  const ChiSquare wide = chi_square({2, 3, {10, 20, 30, 25, 15, 5}});
  CHECK(wide.statistic == close_to(23.333333333333336));
  CHECK(wide.df == 2);
  CHECK(wide.p_value == close_to(8.574939102672282e-06));
}

TEST_CASE("small expected counts and empty margins are said", "[inference]") {
  const ChiSquare small = chi_square({2, 2, {3, 1, 2, 4}});
  CHECK(small.statistic == close_to(0.41666666666666663));
  CHECK_FALSE(small.caution.empty());
  const ChiSquare empty = chi_square({2, 2, {3, 0, 2, 0}});
  CHECK_FALSE(empty.undefined.empty());
  CHECK(std::isnan(empty.statistic));
  CHECK_THROWS_AS(chi_square({2, 2, {1, 2, 3}}), meridian::Error);
}
