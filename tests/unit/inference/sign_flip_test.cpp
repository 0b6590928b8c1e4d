#include "inference/sign_flip.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "random/stream.hpp"

namespace meridian::inference {
namespace {

/// Every pattern of signs, one after the other.
double brute_force(const std::vector<double>& values) {
  double observed = 0;
  for (const double value : values) observed += value;
  const std::size_t patterns = std::size_t{1} << values.size();
  std::size_t reaching = 0;
  for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += (pattern >> i) & 1 ? -values[i] : values[i];
    if (std::abs(sum) >= std::abs(observed) * (1 - 1e-12)) ++reaching;
  }
  return static_cast<double>(reaching) / static_cast<double>(patterns);
}

std::vector<double> units(std::size_t count, double mean, std::uint64_t set) {
  random::Stream stream(11, "units", set);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(mean + stream.uniform() - 0.5);
  return values;
}

}  // namespace

TEST_CASE("the sign-flip p counts what brute force counts") {
  for (std::size_t count = 1; count <= 14; ++count)
    for (std::uint64_t set = 0; set < 5; ++set) {
      const std::vector<double> values = units(count, 0.1 * static_cast<double>(set), set);
      CAPTURE(count, set);
      CHECK(sign_flip_p(values) == brute_force(values));
    }
}

TEST_CASE("ties in decimal fractions count as reached") {
  const std::vector<double> values{0.1, 0.2, 0.3, 0.3, -0.1, 0.1, 0.6};
  CHECK(sign_flip_p(values) == brute_force({1, 2, 3, 3, -1, 1, 6}));
}

TEST_CASE("units that all point one way leave two patterns of 2^n") {
  CHECK(sign_flip_p(std::vector<double>(20, 0.7)) == std::ldexp(1.0, -19));
  CHECK(sign_flip_p(std::vector<double>(30, -0.7)) == std::ldexp(1.0, -29));
}

TEST_CASE("a mean of zero is reached by every pattern; without a test there is no p") {
  CHECK(sign_flip_p({1, -1, 2, -2}) == 1);
  CHECK(std::isnan(sign_flip_p({})));
  CHECK(std::isnan(sign_flip_p(std::vector<double>(kSignFlipLimit + 1, 1.0))));
  CHECK(std::isnan(sign_flip_p({1, std::nan("")})));
}

}  // namespace meridian::inference
