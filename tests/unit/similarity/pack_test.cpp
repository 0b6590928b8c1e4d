#include "similarity/pack.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace meridian::similarity;

namespace {

double first_of(Pack pack) {
  alignas(32) double values[Pack::size];
  store(pack, values);
  for (const double value : values) CHECK((value == values[0] || (value != value && values[0] != values[0])));
  return values[0];
}

}  // namespace

TEST_CASE("a product that is added is rounded once") {
  const double tiny = std::numeric_limits<double>::epsilon();
  // (1 + e)(1 - e) - 1 = -e^2, which two roundings would lose.
  CHECK(first_of(add_product(same(1 + tiny), same(1 - tiny), same(-1))) == -tiny * tiny);
  CHECK(first_of(subtract_product(same(1 + tiny), same(1 - tiny), same(1))) == tiny * tiny);
}

TEST_CASE("clamping keeps what lies between, bounds the rest and lets NaN through") {
  CHECK(first_of(clamped(same(0.25))) == 0.25);
  CHECK(first_of(clamped(same(1.5))) == 1);
  CHECK(first_of(clamped(same(-1.5))) == -1);
  const double absent = first_of(clamped(same(std::numeric_limits<double>::quiet_NaN())));
  CHECK(absent != absent);
}
