// Values of SciPy's documentation, identities and the cases that are no distribution.
#include "audit/divergences.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

using meridian::audit::divergences;

TEST_CASE("Jensen-Shannon distance is that of SciPy's documentation") {
  CHECK(std::abs(divergences({1, 0}, {.5, .5}).jsdist - 0.46450140402245893) < 1e-15);
  const auto disjoint = divergences({1, 0}, {0, 1});
  CHECK(std::abs(disjoint.jsdist2 - 1) < 1e-15);
  CHECK(std::isinf(disjoint.kl));
}

TEST_CASE("only the ordinal distance knows which option has which mass") {
  const auto ends = divergences({1, 0, 0}, {0, 0, 1});
  CHECK(ends.emd_ord == 2);
  CHECK(ends.emd_ord_norm == 1);
  CHECK(ends.emd_vec == 0);
  CHECK(ends.tv == 1);
}

TEST_CASE("weights that are no distribution give NaN, other lengths an error") {
  CHECK(std::isnan(divergences({0, 0}, {1, 1}).jsd));
  CHECK(std::isnan(divergences({1, 1}, {NAN, 1}).emd_ord));
  CHECK(std::isnan(divergences({1, 1}, {-1, 2}).tv));
  CHECK_THROWS_AS(divergences({1}, {1, 2}), std::invalid_argument);
}
