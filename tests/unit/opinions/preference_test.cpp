// Divergence of preferences, whose answers they are, verdicts: small cases worked out by hand.
#include <catch2/catch.hpp>
#include <cmath>

#include "opinions/preference_bias.hpp"
#include "opinions/preference_divergence.hpp"
#include "opinions/verdict.hpp"

using namespace meridian::opinions;

namespace {

const std::vector<Counts> model{{2, 2, 0}, {0, 4, 0}, {3, 0, 1}, {0, 0, 0}};
const std::vector<Counts> human{{3, 1, 0}, {1, 1, 2}, {4, 0, 0}, {1, 1, 0}};
const double first = std::log(4.0 / 3) / 2, second = std::log(4.0);

}  // namespace

TEST_CASE("infinite and empty divergences become the largest finite one plus 1") {
  const auto found = preference_divergence(model, human, InfinityRule::dmax_plus_1, 0);
  CHECK(found.values[0] == Approx(first));
  CHECK(found.values[1] == Approx(second));
  CHECK(found.values[2] == Approx(second + 1));
  CHECK(found.values[3] == Approx(second + 1));
  CHECK(found.infinite == 1);
  CHECK(found.empty == 1);
  CHECK(found.replaced == 2);
}

TEST_CASE("without a finite divergence there is none to add 1 to") {
  const auto found = preference_divergence({{3, 0, 1}, {0, 0, 0}}, {{4, 0, 0}, {1, 1, 0}}, InfinityRule::dmax_plus_1, 0);
  CHECK(std::isnan(found.values[0]));
  CHECK(std::isnan(found.values[1]));
  CHECK(found.infinite == 1);
  CHECK(found.replaced == 0);
}

TEST_CASE("the other rules leave them out or add to every code of both sides") {
  const auto skipped = preference_divergence(model, human, InfinityRule::skip, 0);
  CHECK(std::isnan(skipped.values[2]));
  CHECK(std::isnan(skipped.values[3]));
  CHECK(skipped.replaced == 0);
  const auto smooth = preference_divergence(model, human, InfinityRule::smooth, 1);
  const double expected = 4.0 / 7 * std::log(4.0 / 5) + 1.0 / 7 * 0 + 2.0 / 7 * std::log(2.0);
  CHECK(smooth.values[2] == Approx(expected));
  CHECK(std::isnan(smooth.values[3]));
}

TEST_CASE("types count alike, however many questions they have") {
  const std::vector<double> ones(4, 1.0);
  const auto means = type_means({1, 3, 8, NAN}, {0, 0, 1, 2}, 3, ones);
  CHECK(means[0] == 2);
  CHECK(means[1] == 8);
  CHECK(std::isnan(means[2]));
  CHECK(mean_of_present(means) == 5);
  CHECK(type_means({1, 4}, {0, 0}, 1, {2, 1})[0] == 2);
}

TEST_CASE("the top code is the lowest of equals and never the failed answers") {
  CHECK(top_code({1, 3, 3, 9}) == 1);
  CHECK(top_code({0, 0, 0, 9}) == kNoCode);
  CHECK(mean_code({1, 0, 2, 1}) == 1);
  CHECK(share_deviation({1, 1, 1, 1}) == 0);
  CHECK(share_deviation({4, 0}) == Approx(0.5));
  CHECK(std::isnan(share_deviation({0, 0})));
}

TEST_CASE("the larger group wins by count, the keener one by share") {
  const std::vector<Counts> groups{{30, 70, 0}, {9, 1, 0}};
  CHECK(leading_groups(groups, 0, BiasBasis::count) == std::vector<std::size_t>{0});
  CHECK(leading_groups(groups, 0, BiasBasis::share) == std::vector<std::size_t>{1});
  CHECK(leading_groups({{2, 0}, {2, 5}, {1, 0}}, 0, BiasBasis::count) == std::vector<std::size_t>{0, 1});
  CHECK(leading_groups(groups, 2, BiasBasis::count).empty());
}

TEST_CASE("questions are counted by character, ties once by themselves and once in every tied group") {
  const std::vector<std::string> names{"<=29", "30-49", "50+"};
  const Counts answers{5, 1, 0};
  std::vector<QuestionCharacter> questions{
      question_character(answers, answers, {{2, 0, 0}, {1, 0, 0}, {2, 1, 0}}, BiasBasis::count),
      question_character(answers, answers, {{2, 0, 0}, {3, 0, 0}, {0, 1, 0}}, BiasBasis::count),
      question_character(answers, {0, 3, 0}, {{0, 1, 0}, {0, 1, 0}, {0, 1, 0}}, BiasBasis::count),
      question_character({0, 0, 4}, answers, {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}}, BiasBasis::count)};
  const BiasProfile match = bias_profile(questions, true, 3), mismatch = bias_profile(questions, false, 3);
  CHECK(match.total == 2);
  CHECK(match.with_ties == std::vector<std::int64_t>{1, 1, 1});
  CHECK(match.characters == std::vector<std::vector<std::size_t>>{{0}, {0, 2}, {1}, {2}});
  CHECK(match.questions == std::vector<std::int64_t>{0, 1, 1, 0});
  CHECK(mismatch.total == 1);
  CHECK(character_name(mismatch.characters.front(), names) == "Null");
  CHECK(character_name({0, 2}, names) == "<=29 = 50+");
}

TEST_CASE("a verdict is No wherever it says so, and aspects have names") {
  CHECK(verdict_of("Yes. No doubt") == Verdict::no);
  CHECK(verdict_of("Yes") == Verdict::yes);
  CHECK(verdict_of("no idea") == Verdict::unreadable);
  CHECK(aspect_meaning("FF") == "false facts");
  CHECK(aspect_meaning("3").empty());
}
