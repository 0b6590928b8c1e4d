#include "similarity/streaming_store.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "similarity/people_side.hpp"

using namespace meridian::similarity;

TEST_CASE("any length lands at any place and nothing beside it changes") {
  Lanes source;
  for (std::size_t i = 0; i < lanes; ++i) source.value[i] = static_cast<double>(i + 1);
  for (std::size_t offset = 0; offset < 9; ++offset)
    for (std::size_t count = 0; count < 40; ++count) {
      std::vector<double> target(64, -1);
      store_streaming(source.value.data(), count, target.data() + offset);
      finish_stores();
      std::vector<double> expected(64, -1);
      for (std::size_t i = 0; i < count; ++i) expected[offset + i] = static_cast<double>(i + 1);
      REQUIRE(target == expected);
    }
}
