#include "verification/printed_number.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using meridian::verification::agrees;
using meridian::verification::Form;
using meridian::verification::last_digit_difference;
using meridian::verification::parse_printed;
using meridian::verification::PrintedNumber;

namespace {
bool agree(const std::string& printed, double ours) { return agrees(parse_printed(printed).value(), ours); }
double next_up(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }
double next_down(double x) { return std::nextafter(x, -std::numeric_limits<double>::infinity()); }
}  // namespace

TEST_CASE("a printed number is read with its precision", "[verification]") {
  const PrintedNumber fixed = parse_printed("0.206615").value();
  CHECK(fixed.form == Form::fixed);
  CHECK(fixed.decimals == 6);
  CHECK(fixed.last_digit == Approx(1e-6));
  const PrintedNumber scientific = parse_printed("-1.951e-02").value();
  CHECK(scientific.form == Form::scientific);
  CHECK(scientific.decimals == 3);
  CHECK(scientific.last_digit == Approx(1e-5));
  CHECK(parse_printed("1.8e+04").value().last_digit == Approx(1000));
  CHECK(parse_printed("-137227").value().last_digit == Approx(1));
  CHECK(parse_printed(" 0.5 ").value().text == "0.5");
}

TEST_CASE("what is no printed number is refused", "[verification]") {
  for (const char* text :
       {"", " ", "NA", "nan", "inf", "1,5", "0x1p3", "1e", "--1", "1.2.3", "<", "< .", "<-1", "<0", "5 %"})
    CHECK_FALSE(parse_printed(text).has_value());
}

TEST_CASE("a number agrees when it rounds to the printed digits", "[verification]") {
  CHECK(agree("0.206615", 0.20661537515079989));
  CHECK_FALSE(agree("0.014996", 0.014996865986701429));
  CHECK(agree("2.067e-01", 0.20661537515079989 + 1e-4));
  CHECK(agree("5.842869e-47", 5.8428685932005358e-47));
  CHECK_FALSE(agree("5.842868e-47", 5.8428685932005358e-47));
  CHECK(agree("1.8e+04", 17501));
  CHECK_FALSE(agree("1.8e+04", 17499));
  CHECK(agree("0.11400", 0.11400127354719725));
}

TEST_CASE("half a unit goes where R's printf puts it", "[verification]") {
  CHECK(agree("0.12", 0.125));  // exact tie in binary: to even
  CHECK_FALSE(agree("0.13", 0.125));
  CHECK(agree("0.13", next_up(0.125)));
  CHECK(agree("0.12", next_down(0.125)));
  CHECK(agree("0.38", 0.375));
  CHECK(agree("2", 2.5));
  CHECK(agree("1.00", 1.005));  // the double below 1.005
  CHECK(agree("2e+00", 2.5));
}

TEST_CASE("rounding may carry into the next power of ten", "[verification]") {
  CHECK(agree("1.000e-02", 9.9996e-03));
  CHECK_FALSE(agree("9.999e-03", 9.9996e-03));
  CHECK(agree("10.0", 9.96));
  CHECK(agree("1.00", 0.999));
}

TEST_CASE("minus nothing is nothing, but the sign of a digit counts", "[verification]") {
  CHECK(agree("0.000", -7.5e-18));
  CHECK(agree("-0.000", 4e-18));
  CHECK(agree("-0.000", -0.0004));
  CHECK_FALSE(agree("0.001", -0.001));
  CHECK_FALSE(agree("0.000", 0.0006));
}

TEST_CASE("bounds hold below, from 0 on", "[verification]") {
  CHECK(agree("<2e-16", 6.8e-18));
  CHECK(agree("< 2e-16", 0));
  CHECK_FALSE(agree("<2e-16", 2e-16));
  CHECK_FALSE(agree("<2e-16", 3e-16));
  CHECK_FALSE(agree("<2e-16", -1));
  CHECK(agree("< .001", 0.0009));
  CHECK_FALSE(agree("<.001", 0.001));
  CHECK(std::isnan(last_digit_difference(parse_printed("<2e-16").value(), 1)));
}

TEST_CASE("a bare 0 is exactly nothing, never something small", "[verification]") {
  CHECK(parse_printed("0").value().form == Form::zero);
  CHECK(agree("0", 0));
  CHECK(agree("0", 1e-310));
  CHECK_FALSE(agree("0", 1e-200));
  CHECK_FALSE(agree("0", 0.3));
  CHECK(agree("0.0", 0.03));
}

TEST_CASE("numbers that are none agree with nothing", "[verification]") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (const char* printed : {"0.5", "1e-3", "<2e-16", "0"}) {
    CHECK_FALSE(agree(printed, nan));
    CHECK_FALSE(agree(printed, infinity));
    CHECK_FALSE(agree(printed, -infinity));
  }
}

TEST_CASE("the distance is in units of the last printed digit", "[verification]") {
  CHECK(last_digit_difference(parse_printed("24.839516").value(), 24.839078403258423) ==
        Approx(-437.5967).epsilon(1e-5));
  CHECK(last_digit_difference(parse_printed("5.92e-13").value(), 5.9346071498986321e-13) ==
        Approx(1.4607).epsilon(1e-4));
}
