// Agreement, kappa, position, consequences and guidelines on choices that can be counted by hand; kappa against R.
#include "dilemmas/agreement.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "dilemmas/consequences.hpp"
#include "inference/exact_binomial.hpp"
#include "inference/proportion.hpp"
#include "reference.hpp"

using namespace meridian::dilemmas;

namespace {

const Choice F = Choice::first, S = Choice::second, I = Choice::invalid;

Corpus corpus(std::size_t dilemmas) {
  Corpus made;
  made.pairs = {{"truth-loyalty", {"truth", "loyalty"}}};
  for (std::size_t d = 0; d < dilemmas; ++d) made.dilemmas.push_back({"d" + std::to_string(d), 0, {0, 1}});
  return made;
}

Choices choices(std::size_t models, std::size_t templates, const std::vector<Choice>& baseline) {
  Choices made;
  for (std::size_t m = 0; m < models; ++m) made.models.push_back("m" + std::to_string(m));
  for (std::size_t t = 0; t < templates; ++t) {
    made.templates.push_back("t" + std::to_string(t));
    made.lists_second_first.push_back(t % 2 == 1);
  }
  made.dilemmas = baseline.size() / models / templates;
  made.baseline = baseline;
  made.consequence.assign(models * made.dilemmas, Choice::absent);
  made.counts.resize(models);
  return made;
}

const Agreement& found(const std::vector<Agreement>& all, std::size_t templates, InvalidRule rule) {
  for (const Agreement& one : all)
    if (one.templates == templates && one.rule == rule && one.scope == 1) return one;
  throw std::logic_error("no such agreement");
}

}  // namespace

TEST_CASE("agreement over two and four templates under both rules for invalid answers") {
  const Choices given = choices(1, 4, {F, F, F, F, S, S, S, F, F, F, I, F, I, I, I, I, F, S, F, F});
  const auto all = agreements(given, corpus(5), 0.95);
  const auto counts = [&](std::size_t templates, InvalidRule rule) {
    const Agreement& one = found(all, templates, rule);
    return std::make_pair(one.agreeing, one.dilemmas);
  };
  CHECK(counts(2, InvalidRule::disagrees) == std::make_pair(std::int64_t{3}, std::int64_t{5}));
  CHECK(counts(2, InvalidRule::excluded) == std::make_pair(std::int64_t{3}, std::int64_t{4}));
  CHECK(counts(4, InvalidRule::disagrees) == std::make_pair(std::int64_t{1}, std::int64_t{5}));
  CHECK(counts(4, InvalidRule::excluded) == std::make_pair(std::int64_t{1}, std::int64_t{3}));
  CHECK(found(all, 2, InvalidRule::disagrees).ratio >= found(all, 4, InvalidRule::disagrees).ratio);
}

TEST_CASE("Fleiss' kappa and the place in the list") {
  const Choices given = choices(1, 4, {F, F, F, F, F, F, F, S, S, S, S, S, F, S, F, S,    //
                                       F, F, F, F, S, S, S, F, F, F, F, F, F, I, F, F});  // the last one has no kappa
  const TemplateAnswers answers(given, corpus(8));
  const auto one = answers.statistics(std::vector<double>(8, 1.0))[1];
  CHECK(one.kappa_dilemmas == 7);
  CHECK(std::abs(one.kappa - reference::kappa) < 1e-14);
  // Listed first: F under templates 0 and 2, S under 1 and 3.
  CHECK(one.first_listed_answers == 31);
  CHECK(std::abs(one.first_listed - (2 + 3 + 2 + 4 + 2 + 1 + 2 + 2) / 31.0) < 1e-15);
  const auto twice = answers.statistics(std::vector<double>(8, 2.0))[1];
  CHECK(std::abs(twice.kappa - one.kappa) < 1e-14);
  const auto without = answers.statistics({0, 0, 0, 1, 0, 0, 0, 0})[1];
  CHECK(std::abs(without.kappa - (-1.0 / 3)) < 1e-14);  // two against two
}

TEST_CASE("consequences: rates and the exact test between two models") {
  Choices given = choices(2, 1, std::vector<Choice>(20, F));
  given.consequence.assign(20, F);
  for (const std::size_t d : {0, 1, 2}) given.consequence[d] = S;     // model 0 flips three
  for (std::size_t d = 3; d < 9; ++d) given.consequence[10 + d] = S;  // model 1 flips six others
  given.consequence[9] = I;                                           // not comparable for model 0
  const auto flips = consequence_flips(given, corpus(10), 0.95);
  CHECK((flips[1].flips == 3 && flips[1].dilemmas == 9));
  CHECK((flips[3].flips == 6 && flips[3].dilemmas == 10));
  const auto tests = flip_tests(given, .95);
  REQUIRE(tests.size() == 1);
  CHECK((tests[0].dilemmas == 9 && tests[0].only_first == 3 && tests[0].only_second == 6));
  CHECK(std::abs(tests[0].p_value - 0.5078125) < 1e-12);
}

TEST_CASE("a requested value is followed or not") {
  Choices given = choices(1, 1, {F, F});
  given.guided = {{0, 0, 0, F}, {0, 0, 1, F}, {0, 1, 1, S}, {0, 1, 0, I}};
  const auto one = TemplateAnswers(given, corpus(2)).statistics({1, 1})[0];
  CHECK(one.adherence_answers == 3);
  CHECK(std::abs(one.adherence - 2.0 / 3) < 1e-15);
}

TEST_CASE("exact tests and Wilson's limits are R's") {
  using namespace meridian::inference;
  CHECK(std::abs(exact_binomial_p(17, 23) - reference::binomial_17_of_23) < 1e-14);
  CHECK(std::abs(exact_binomial_p(7, 30, 0.4) - reference::binomial_7_of_30_at_04) < 1e-14);
  for (const int trials : {1024, 1070, 1080, 100000})  // from here on doubles lose digits, then everything
    CHECK(exact_binomial_p(0, trials) == std::numeric_limits<double>::min());
  CHECK(std::abs(exact_mcnemar_p(3, 11) - reference::mcnemar_3_11) < 1e-14);
  CHECK(exact_mcnemar_p(5, 5) == 1);
  CHECK(std::isnan(exact_mcnemar_p(0, 0)));
  const auto limits = wilson_interval(17, 23, 0.95);
  CHECK(std::abs(limits.low - reference::wilson_low) < 1e-14);
  CHECK(std::abs(limits.high - reference::wilson_high) < 1e-14);
}
