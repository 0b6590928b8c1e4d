#include "random/stream.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

using meridian::random::open_unit;
using meridian::random::Stream;

namespace {

using Counter = r123::Philox4x32::ctr_type;
using Key = r123::Philox4x32::key_type;

Counter philox(const Counter& counter, const Key& key) { return r123::Philox4x32{}(counter, key); }

}  // namespace

TEST_CASE("Philox4x32-10 gives the known answers of Random123 (kat_vectors)") {
  CHECK(philox({{0, 0, 0, 0}}, {{0, 0}}) == Counter{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}});
  CHECK(philox({{~0U, ~0U, ~0U, ~0U}}, {{~0U, ~0U}}) == Counter{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}});
  CHECK(philox({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}}) ==
        Counter{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}});
}

TEST_CASE("a stream is Philox with seed as key and (position, purpose, index) as counter") {
  // FNV-1a of "foobar" is 85944171f73967e8 (Fowler, Noll, Vo: published test vectors); folded: 85944171 ^ f73967e8.
  constexpr std::uint32_t purpose = 0x85944171U ^ 0xf73967e8U;
  Stream stream(0x0123456789abcdefULL, "foobar", 0xfedcba9876543210ULL);
  const Key key{{0x89abcdefU, 0x01234567U}};
  for (std::uint32_t position = 0; position < 3; ++position) {
    const Counter words = philox({{position, purpose, 0x76543210U, 0xfedcba98U}}, key);
    for (std::size_t i = 0; i < 4; ++i) CHECK(stream.bits32() == words[i]);
  }
}

TEST_CASE("64 bits are two words, the first one high") {
  Stream whole(5, "people", 1), halves(5, "people", 1);
  const std::uint64_t high = halves.bits32(), low = halves.bits32();
  CHECK(whole.bits64() == ((high << 32) | low));
}

TEST_CASE("the same seed, purpose and index give the same draws, whatever was drawn elsewhere") {
  Stream first(7, "replicate", 4711), other(7, "replicate", 4710), again(7, "replicate", 4711);
  for (int i = 0; i < 1000; ++i) {
    other.normal();
    REQUIRE(first.normal() == again.normal());
  }
}

TEST_CASE("streams that differ in one of seed, purpose, index, also far up, share no early words") {
  const std::array<Stream, 8> streams = {Stream(1, "people", 0),
                                         Stream(2, "people", 0),
                                         Stream(1 | (1ULL << 32), "people", 0),
                                         Stream(1, "peoplf", 0),
                                         Stream(1, "", 0),
                                         Stream(1, "people", 1),
                                         Stream(1, "people", 1ULL << 32),
                                         Stream(1, "people", 1ULL << 63)};
  std::vector<std::uint64_t> words;
  for (Stream stream : streams)
    for (int i = 0; i < 500; ++i) words.push_back(stream.bits64());
  std::sort(words.begin(), words.end());
  CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
}

TEST_CASE("the unit interval is open at both ends") {
  CHECK(open_unit(0) == 0x1.0p-53);
  CHECK(open_unit(~0ULL) == 1.0 - 0x1.0p-53);
  CHECK(open_unit(1ULL << 63) > 0.5);
  CHECK(open_unit((1ULL << 63) - 1) < 0.5);
  CHECK(1.0 - open_unit(~0ULL) == open_unit(0));
}

TEST_CASE("shuffle keeps every value and reaches every order equally often") {
  std::vector<int> many(1000);
  for (int i = 0; i < 1000; ++i) many[static_cast<std::size_t>(i)] = i;
  const std::vector<int> sorted = many;
  Stream stream(3, "shuffle", 0);
  stream.shuffle(many);
  CHECK(many != sorted);
  CHECK(std::is_permutation(many.begin(), many.end(), sorted.begin()));

  std::array<int, 27> orders{};
  for (int i = 0; i < 60000; ++i) {
    std::vector<std::size_t> three = {0, 1, 2};
    stream.shuffle(three);
    ++orders[three[0] * 9 + three[1] * 3 + three[2]];
  }
  double chi_square = 0;
  for (const std::size_t order : {5, 7, 11, 15, 19, 21}) {  // 012 021 102 120 201 210 in base 3
    const double difference = orders[order] - 10000.0;
    chi_square += difference * difference / 10000.0;
  }
  CHECK(chi_square < 20.5);  // 99.9 % quantile with 5 degrees of freedom
}

TEST_CASE("shuffling nothing or one value draws nothing") {
  Stream used(1, "a", 0), fresh(1, "a", 0);
  std::vector<int> none, one = {4};
  used.shuffle(none);
  used.shuffle(one);
  CHECK(one == std::vector<int>{4});
  CHECK(used.bits32() == fresh.bits32());
}
