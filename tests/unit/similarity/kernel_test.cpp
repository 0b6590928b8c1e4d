#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "error.hpp"
#include "similarity/people_side.hpp"
#include "similarity/tile.hpp"
#include "support/random_panel.hpp"

using namespace meridian;
using similarity::Kernel;
using similarity::Tile;
using tests::PanelSize;

namespace {

Tile compute(const panel::Panel& made, std::size_t first, std::size_t count, int threads = 1) {
  Tile tile;
  Kernel(made).compute(first, count, threads, tile);
  return tile;
}

/// Largest distance from the plain twin; infinite if one has a cosine where the other has none.
double worst(const panel::Panel& made, const Tile& tile) {
  double largest = 0;
  for (std::size_t variant = 0; variant < tile.variants; ++variant)
    for (std::size_t column = 0; column < tile.columns; ++column)
      for (std::size_t person = 0; person < tile.people; ++person) {
        const double fast = tile.row(variant, column)[person];
        const double plain = similarity::plain_cosine(made, tile.first + person, column / made.models.size(),
                                                      column % made.models.size(), variant);
        if (std::isnan(fast) && std::isnan(plain)) continue;
        if (!(std::abs(fast) <= 1) || std::isnan(plain)) return INFINITY;
        largest = std::max(largest, std::abs(fast - plain));
      }
  return largest;
}

std::int16_t* answers_of(panel::Panel& made, std::size_t person) {
  return made.people.answers.data() + person * made.items();
}

/// The centre of every vector and variant anew, after values were changed by hand.
void recentre(panel::Panel& made) {
  for (std::size_t variant = 0; variant < made.variants.size(); ++variant)
    for (std::size_t column = 0; column < made.columns(); ++column) {
      double sum = 0;
      for (std::size_t item = 0; item < made.items(); ++item) {
        const bool removed = std::count(made.variants[variant].removed.begin(), made.variants[variant].removed.end(),
                                        static_cast<int>(item)) > 0;
        if (!removed) sum += made.values[column * made.items() + item];
      }
      made.centre[variant * made.columns() + column] =
          sum / static_cast<double>(made.items() - made.variants[variant].removed.size());
    }
}

}  // namespace

TEST_CASE("random panels agree with the plain twin") {
  for (const PanelSize& size : {PanelSize{700, 19, 4, 3, 1, 10}, PanelSize{130, 36, 3, 1, 1, 5},
                                PanelSize{90, 4, 2, 1, 0, 100}, PanelSize{40, 120, 2, 1, -3000, 30000}}) {
    const panel::Panel made = tests::random_panel(size);
    CHECK(worst(made, compute(made, 0, size.people)) < 1e-13);
  }
}

TEST_CASE("sets of several items are downdated") {
  panel::Panel made = tests::random_panel({300, 12, 3, 2, 1, 7});
  made.variants = {
      {"none", {}}, {"two", {0, 11}}, {"half", {1, 3, 5, 7, 9, 11}}, {"most", {0, 1, 2, 3, 4, 6, 7, 9, 10, 11}}};
  made.centre.resize(4 * made.columns());
  recentre(made);
  CHECK(worst(made, compute(made, 0, 300)) < 1e-13);
}

TEST_CASE("a pooled centre enters through the model's norm") {
  panel::Panel made = tests::random_panel({100, 19, 3, 1, 1, 10});
  for (double& centre : made.centre) centre += 0.75;
  CHECK(worst(made, compute(made, 0, 100)) < 1e-13);
}

TEST_CASE("constant people have no cosine, in the variant where they are constant") {
  panel::Panel made = tests::random_panel({3, 5, 2, 1, 1, 10});
  for (std::size_t item = 0; item < 5; ++item) {
    answers_of(made, 0)[item] = 10;
    answers_of(made, 1)[item] = item == 2 ? 3 : 7;
  }
  const Tile tile = compute(made, 0, 3);
  for (std::size_t variant = 0; variant < tile.variants; ++variant)
    for (std::size_t column = 0; column < tile.columns; ++column) {
      CHECK(std::isnan(tile.row(variant, column)[0]));
      CHECK(std::isnan(tile.row(variant, column)[1]) == (variant == 3));
      CHECK_FALSE(std::isnan(tile.row(variant, column)[2]));
    }
  CHECK(worst(made, tile) < 1e-14);
}

TEST_CASE("people of whom almost nothing remains are recomputed") {
  panel::Panel made = tests::random_panel({600, 30, 3, 1, 1, 32000});
  for (std::size_t person = 0; person < 600; person += 3)
    for (std::size_t item = 0; item < 30; ++item)
      answers_of(made, person)[item] = static_cast<std::int16_t>(item == 4 ? 32000 : item == 9 ? 2 : 1);
  CHECK(worst(made, compute(made, 0, 600)) < 1e-12);
}

TEST_CASE("models of which almost nothing remains are recomputed") {
  panel::Panel made = tests::random_panel({50, 30, 3, 1, 1, 10});
  for (std::size_t item = 0; item < 30; ++item)
    made.values[item] = item == 4 ? 9 : 3 + 1e-7 * static_cast<double>(item);
  recentre(made);
  CHECK(worst(made, compute(made, 0, 50)) < 1e-12);
}

TEST_CASE("a model absent from a condition has no cosine there") {
  panel::Panel made = tests::random_panel({20, 6, 2, 1, 1, 10});
  for (std::size_t item = 0; item < 6; ++item) made.values[item] = NAN;
  for (std::size_t variant = 0; variant < made.variants.size(); ++variant) made.centre[variant * made.columns()] = NAN;
  const Tile tile = compute(made, 0, 20);
  for (std::size_t person = 0; person < 20; ++person) {
    CHECK(std::isnan(tile.row(1, 0)[person]));
    CHECK_FALSE(std::isnan(tile.row(1, 1)[person]));
  }
}

TEST_CASE("a person's bits depend on neither block, lane nor threads") {
  const std::size_t people = 3 * similarity::lanes + 77;
  panel::Panel made = tests::random_panel({people, 19, 3, 2, 1, 10});
  for (std::size_t person = 0; person < people; person += 10)  // some to recompute
    for (std::size_t item = 0; item < 19; ++item)
      answers_of(made, person)[item] = static_cast<std::int16_t>(item == 4 ? 10000 : item == 9 ? 2 : 1);
  const Tile whole = compute(made, 0, people, 1);
  for (const std::size_t block : {std::size_t{1}, std::size_t{13}, similarity::lanes - 1, similarity::lanes + 3})
    for (const int threads : {1, 3}) {
      if (block < 10 && threads > 1) continue;
      for (std::size_t first = 0; first < people; first += block * (block < 100 ? 7 : 1)) {
        const Tile part = compute(made, first, std::min(block, people - first), threads);
        for (std::size_t variant = 0; variant < part.variants; ++variant)
          for (std::size_t column = 0; column < part.columns; ++column)
            REQUIRE(std::memcmp(part.row(variant, column), whole.row(variant, column) + first,
                                part.people * sizeof(double)) == 0);
      }
    }
}

TEST_CASE("a tile can be used again for a smaller block") {
  const panel::Panel made = tests::random_panel({40, 8, 2, 1, 1, 10});
  const Kernel kernel(made);
  Tile tile;
  kernel.compute(0, 40, 2, tile);
  kernel.compute(33, 7, 2, tile);
  CHECK(tile.first == 33);
  CHECK(tile.people == 7);
  CHECK(tile.values.size() == 7 * tile.columns * tile.variants);
  CHECK(worst(made, tile) < 1e-13);
}

TEST_CASE("what cannot be computed is refused") {
  panel::Panel made = tests::random_panel({40, 8, 2, 1, 1, 10});
  Tile tile;
  CHECK_THROWS_AS(Kernel(made).compute(30, 11, 1, tile), Error);
  made.instrument.lowest = -30000;
  made.instrument.highest = 30000;
  made.instrument.items.resize(2000);
  made.people = {};
  made.values.assign(made.columns() * 2000, 1);
  CHECK_THROWS_WITH(Kernel(made).compute(0, 0, 1, tile), Catch::Contains("2000 items"));
  made.models.clear();
  CHECK_THROWS_AS(Kernel(made), InputError);
}
