#include "resampling/relabellings.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "error.hpp"

using namespace meridian;
using resampling::Labels;
using resampling::Permutations;

namespace {

/// The labels as a binary number: of two subsets, the one first in lexicographic order has the larger.
std::uint64_t number_of(const Labels& labels) {
  std::uint64_t number = 0;
  for (const std::uint8_t label : labels) number = 2 * number + label;
  return number;
}

}  // namespace

TEST_CASE("combinations are counted up to a ceiling") {
  CHECK(resampling::combinations(20, 10, UINT64_MAX) == 184756);
  CHECK(resampling::combinations(14, 7, UINT64_MAX) == 3432);
  CHECK(resampling::combinations(17, 8, UINT64_MAX) == 24310);
  CHECK(resampling::combinations(5, 0, 9) == 1);
  CHECK(resampling::combinations(62, 31, UINT64_MAX) == 465428353255261088ULL);
  CHECK(resampling::combinations(5000, 2500, 1000) == 1000);
  CHECK_THROWS_AS(resampling::combinations(3, 4, 10), Error);
}

TEST_CASE("unranking gives every subset once, in lexicographic order") {
  for (const std::size_t k : {0, 1, 3, 6, 9}) {
    const std::uint64_t count = resampling::combinations(9, k, UINT64_MAX);
    std::uint64_t before = 1 << 9;
    for (std::uint64_t rank = 0; rank < count; ++rank) {
      const Labels labels = resampling::combination(9, k, rank);
      CHECK(std::accumulate(labels.begin(), labels.end(), std::size_t{0}) == k);
      CHECK(number_of(labels) < before);  // strictly: none comes twice
      before = number_of(labels);
    }
    CHECK_THROWS_AS(resampling::combination(9, k, count), Error);
  }
}

TEST_CASE("permutations are enumerated up to the limit and drawn above it") {
  const Labels observed = {1, 1, 0, 0, 0, 1};
  CHECK(Permutations::relabellings(observed, 20, 1).count() == 20);
  CHECK_FALSE(Permutations::relabellings(observed, 19, 1).enumerated());
  CHECK(Permutations::signs(5, 32, 1).count() == 32);
  CHECK_FALSE(Permutations::signs(5, 31, 1).enumerated());
  CHECK_FALSE(Permutations::signs(200, 1000000, 1).enumerated());
  std::set<std::uint64_t> patterns;
  for (std::uint64_t i = 0; i < 32; ++i) patterns.insert(number_of(Permutations::signs(5, 32, 1).labels(i)));
  CHECK(patterns.size() == 32);
}

TEST_CASE("random relabellings keep the group sizes, depend on seed and number alone and are uniform") {
  const Labels observed = {1, 1, 0, 0, 0};
  const auto drawn = Permutations::relabellings(observed, 0, 7);
  std::vector<int> met(5, 0);
  constexpr int draws = 10000;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const Labels labels = drawn.labels(i);
    REQUIRE(std::accumulate(labels.begin(), labels.end(), 0) == 2);
    for (std::size_t unit = 0; unit < 5; ++unit) met[unit] += labels[unit];
  }
  for (const int count : met) CHECK(std::abs(count - 0.4 * draws) < 4 * 49);  // four standard deviations
  CHECK(drawn.labels(4711) == Permutations::relabellings(observed, 0, 7).labels(4711));
  int differ = 0;
  for (std::uint64_t i = 0; i < 20; ++i)
    differ += number_of(drawn.labels(i)) != number_of(Permutations::relabellings(observed, 0, 8).labels(i));
  CHECK(differ > 5);
}
