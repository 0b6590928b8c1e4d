// Preference shares by the three rules on choices that can be counted by hand.
#include "dilemmas/preference.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace meridian::dilemmas;

namespace {

const Choice F = Choice::first, S = Choice::second, I = Choice::invalid, A = Choice::absent;

/// One model, two templates, four dilemmas of one pair; in the last one action 2 stands for the pair's first value.
Corpus corpus() {
  Corpus made;
  made.pairs = {{"truth-loyalty", {"truth", "loyalty"}}};
  made.dilemmas = {{"a", 0, {0, 1}}, {"b", 0, {0, 1}}, {"c", 0, {0, 1}}, {"d", 0, {1, 0}}};
  return made;
}

Choices choices(const std::vector<Choice>& baseline) {
  Choices made;
  made.models = {"m"};
  made.templates = {"direct", "direct-reverse"};
  made.lists_second_first = {false, true};
  made.dilemmas = 4;
  made.baseline = baseline;
  made.counts.resize(1);
  return made;
}

}  // namespace

TEST_CASE("the three rules count what they say") {
  //                                   a     b     c     d
  const auto found = preferences(choices({F, F, F, S, I, S, S, S}), corpus(), 0.95);
  REQUIRE(found.size() == 3);
  const Preference &one = found[0], &consistent = found[1], &majority = found[2];
  CHECK((one.first == 3 && one.second == 0 && one.undetermined == 1));  // a, b and, by action 2, d
  CHECK((consistent.first == 2 && consistent.second == 0 && consistent.undetermined == 2));
  CHECK((majority.first == 2 && majority.second == 1 && majority.undetermined == 1));
  CHECK(one.share == 1);
  CHECK(one.high == 1);
  CHECK(std::abs(one.low - 3 / (3 + 1.959963984540054 * 1.959963984540054)) < 1e-12);  // Wilson at 3 of 3
  CHECK(std::abs(one.p_value - 0.25) < 1e-12);
}

TEST_CASE("a template that was not asked leaves a dilemma out of the consistent ones only") {
  const auto found = preferences(choices({F, A, F, F, A, A, S, S}), corpus(), 0.95);
  CHECK((found[0].first == 3 && found[0].undetermined == 0));
  CHECK((found[1].first == 2 && found[1].undetermined == 0));
  CHECK((found[2].first == 3 && found[2].second == 0));
}

TEST_CASE("no choice gives no share") {
  const auto found = preferences(choices({I, I, I, I, I, I, I, I}), corpus(), 0.95);
  CHECK(found[0].undetermined == 4);
  CHECK(std::isnan(found[0].share));
  CHECK(std::isnan(found[0].low));
  CHECK(std::isnan(found[0].p_value));
}
