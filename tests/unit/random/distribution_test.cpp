// Distributions of the draws. Seeds are fixed, so a bound that holds, holds always; bounds are at the 99.9 % level.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "random/stream.hpp"

using meridian::random::Stream;

namespace {

/// Pearson's statistic against equal frequencies.
double chi_square(const std::vector<std::size_t>& counts) {
  double total = 0;
  for (const std::size_t count : counts) total += static_cast<double>(count);
  const double expected = total / static_cast<double>(counts.size());
  double sum = 0;
  for (const std::size_t count : counts) sum += std::pow(static_cast<double>(count) - expected, 2) / expected;
  return sum;
}

double correlation(Stream left, Stream right, int draws) {
  double product = 0;
  for (int i = 0; i < draws; ++i) product += (left.uniform() - 0.5) * (right.uniform() - 0.5);
  return product * 12 / draws;  // variance of the uniform distribution: 1/12
}

}  // namespace

TEST_CASE("uniform draws fill 1000 cells evenly") {
  Stream stream(11, "uniform", 0);
  std::vector<std::size_t> counts(1000);
  for (int i = 0; i < 1000000; ++i) ++counts[static_cast<std::size_t>(stream.uniform() * 1000)];
  CHECK(chi_square(counts) < 1143.9);  // 999 degrees of freedom
  CHECK(chi_square(counts) > 865.0);   // 0.1 %: too even would be wrong as well
}

TEST_CASE("pairs of successive uniform draws fill the square evenly") {
  Stream stream(12, "uniform", 0);
  std::vector<std::size_t> counts(400);
  for (int i = 0; i < 400000; ++i) {
    const auto row = static_cast<std::size_t>(stream.uniform() * 20);
    ++counts[row * 20 + static_cast<std::size_t>(stream.uniform() * 20)];
  }
  CHECK(chi_square(counts) < 490.7);  // 399 degrees of freedom
}

TEST_CASE("first draws over the replicates are as uniform as draws within a stream") {
  std::vector<std::size_t> counts(100);
  for (std::uint64_t replicate = 0; replicate < 200000; ++replicate)
    ++counts[static_cast<std::size_t>(Stream(1, "replicate", replicate).uniform() * 100)];
  CHECK(chi_square(counts) < 148.3);  // 99 degrees of freedom
}

TEST_CASE("neighbouring streams are uncorrelated") {
  constexpr int draws = 200000;
  const double bound = 3.29 / std::sqrt(draws);
  CHECK(std::abs(correlation({1, "people", 0}, {1, "people", 1}, draws)) < bound);
  CHECK(std::abs(correlation({1, "people", 0}, {2, "people", 0}, draws)) < bound);
  CHECK(std::abs(correlation({1, "people", 0}, {1, "models", 0}, draws)) < bound);
}

TEST_CASE("normal draws have the moments of the standard normal distribution") {
  constexpr int draws = 1000000;
  Stream stream(13, "normal", 0);
  std::array<double, 5> moments{};
  double previous = 0, lagged = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = stream.normal();
    for (int power = 1; power <= 4; ++power) moments[power] += std::pow(value, power) / draws;
    lagged += value * previous / draws;
    previous = value;
  }
  const double z = 3.29 / std::sqrt(draws);
  CHECK(std::abs(moments[1]) < z);
  CHECK(std::abs(moments[2] - 1) < z * std::sqrt(2.0));
  CHECK(std::abs(moments[3]) < z * std::sqrt(15.0));
  CHECK(std::abs(moments[4] - 3) < z * std::sqrt(96.0));
  CHECK(std::abs(lagged) < z);  // the two halves of Box-Muller
}

TEST_CASE("normal draws follow the normal distribution function") {
  Stream stream(14, "normal", 0);
  std::vector<std::size_t> counts(200);
  for (int i = 0; i < 400000; ++i) {
    const double probability = 0.5 * std::erfc(-stream.normal() / std::sqrt(2.0));
    ++counts[std::min<std::size_t>(static_cast<std::size_t>(probability * 200), 199)];
  }
  CHECK(chi_square(counts) < 267.6);  // 199 degrees of freedom
}

TEST_CASE("integers below n are unbiased, also where 2^32 is far from a multiple of n") {
  Stream stream(15, "below", 0);
  std::vector<std::size_t> dice(6);
  for (int i = 0; i < 600000; ++i) ++dice[stream.below(6)];
  CHECK(chi_square(dice) < 20.6);  // 5 degrees of freedom

  // Without rejection the lower third of [0, 3 * 2^30) would be twice as likely in every third place.
  constexpr std::uint32_t n = 3U << 30;
  std::vector<std::size_t> thirds(3), residues(3);
  for (int i = 0; i < 300000; ++i) {
    const std::uint32_t value = stream.below(n);
    REQUIRE(value < n);
    ++thirds[value >> 30];
    ++residues[value % 3];
  }
  CHECK(chi_square(thirds) < 13.9);  // 2 degrees of freedom
  CHECK(chi_square(residues) < 13.9);
}

TEST_CASE("the only integer below 1 is 0") {
  Stream stream(16, "below", 0);
  for (int i = 0; i < 100; ++i) REQUIRE(stream.below(1) == 0);
}
