#include "survey/coherence.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "random/stream.hpp"
#include "survey/alpha.hpp"
#include "survey/people_counts.hpp"

using namespace meridian;
using namespace meridian::survey;

namespace {

People people_of(const std::vector<std::int16_t>& answers, std::size_t items) {
  People people;
  people.nations = {"X"};
  for (std::size_t person = 0; person < answers.size() / items; ++person) {
    people.ids.push_back(std::to_string(person));
    people.nation.push_back(0);
  }
  people.answers = answers;
  return people;
}

std::vector<std::size_t> first_items(std::size_t count) {
  std::vector<std::size_t> items(count);
  std::iota(items.begin(), items.end(), std::size_t{0});
  return items;
}

/// `common`: how much of each answer is the person's own level, of 10.
People drawn(std::size_t count, std::uint32_t common, std::uint64_t seed) {
  std::vector<std::int16_t> answers;
  for (std::size_t person = 0; person < count; ++person) {
    random::Stream stream(seed, "people of a test", person);
    const std::uint32_t level = stream.below(5);
    for (int item = 0; item < 6; ++item)
      answers.push_back(static_cast<std::int16_t>(1 + (stream.below(10) < common ? level : stream.below(5))));
  }
  return people_of(answers, 6);
}

}  // namespace

TEST_CASE("Cronbach's alpha by hand") {
  // Items 1 2 3 4 / 1 3 2 4: variances 5/3 and 5/3, totals 2 5 5 8 with variance 6; alpha = 2 (1 - (10/3)/6) = 8/9.
  const AnswerMatrix answers(people_of({1, 1, 2, 3, 3, 2, 4, 4}, 2), 0, first_items(2));
  CHECK(cronbach_alpha(answers) == Approx(8.0 / 9).epsilon(1e-15));
  CHECK(mean_correlation(answers) == Approx(0.8).epsilon(1e-14));
  CHECK(spread_of_means(answers) == Approx(std::sqrt(6.0) / 2).epsilon(1e-15));
}

TEST_CASE("alpha is undefined for one item and for equal totals") {
  CHECK(std::isnan(cronbach_alpha(AnswerMatrix(people_of({1, 2, 3}, 1), 0, first_items(1)))));
  CHECK(std::isnan(cronbach_alpha(AnswerMatrix(people_of({1, 3, 2, 2, 3, 1}, 2), 0, first_items(2)))));
  CHECK(std::isnan(mean_correlation(AnswerMatrix(people_of({1, 3, 1, 2}, 2), 0, first_items(2)))));
}

TEST_CASE("the expected variance of totals is the mean over all shuffles") {
  // Two items, three people: the six arrangements of the second item, enumerated.
  const std::vector<std::int16_t> first = {1, 2, 4};
  std::vector<std::int16_t> second = {1, 3, 5};
  double sum = 0;
  int arrangements = 0;
  do {
    std::vector<std::int32_t> totals;
    for (std::size_t i = 0; i < 3; ++i) totals.push_back(first[i] + second[i]);
    sum += static_cast<double>(scatter(totals.data(), 3)) / 6;
    ++arrangements;
  } while (std::next_permutation(second.begin(), second.end()));
  const Coherence found =
      test_coherence(AnswerMatrix(people_of({1, 1, 2, 3, 4, 5}, 2), 0, first_items(2)), 0, 1, "by hand");
  CHECK(arrangements == 6);
  CHECK(found.expected == Approx(sum / 6).epsilon(1e-14));
  CHECK(found.p_value == 1);  // no permutations
}

TEST_CASE("the permutation p-value approaches the enumerated one") {
  // The most coherent of the six arrangements above: one in six is as large.
  const AnswerMatrix answers(people_of({1, 1, 2, 3, 4, 5}, 2), 0, first_items(2));
  CHECK(test_coherence(answers, 5999, 3, "one in six").p_value == Approx(1.0 / 6).margin(0.02));
}

TEST_CASE("coherent people are found, scrambled ones are not, and equal seeds give equal answers") {
  const People whole = drawn(300, 4, 5);
  const AnswerMatrix coherent(whole, 0, first_items(6));
  CHECK(test_coherence(coherent, 199, 1, "a").p_value == 1.0 / 200);
  CHECK(test_coherence(coherent, 199, 1, "a").ratio > 1.5);
  const AnswerMatrix scrambled(drawn(300, 0, 6), 0, first_items(6));
  const Coherence found = test_coherence(scrambled, 199, 1, "b");
  CHECK(found.p_value > 0.05);
  CHECK(found.ratio == Approx(1).margin(0.2));
  CHECK(test_coherence(scrambled, 199, 1, "b").p_value == found.p_value);
}

TEST_CASE("under scrambling the p-values are uniform") {
  int small = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    small +=
        test_coherence(AnswerMatrix(drawn(30, 0, 1000 + seed), 0, first_items(6)), 99, seed, "uniform").p_value <= 0.1;
  CHECK(small >= 8);  // 20 expected, standard deviation 4.2
  CHECK(small <= 34);
}

TEST_CASE("drift along the file") {
  std::vector<std::int16_t> rising, level;
  for (int person = 0; person < 300; ++person) {
    random::Stream stream(1, "drift", static_cast<std::uint64_t>(person));
    const auto noise = static_cast<std::int16_t>(stream.below(3));
    rising.push_back(static_cast<std::int16_t>(1 + noise + person / 150));
    level.push_back(static_cast<std::int16_t>(1 + noise));
  }
  const Drift up = test_drift(AnswerMatrix(people_of(rising, 1), 0, first_items(1)));
  CHECK(up.p_value < 1e-6);
  CHECK(up.last > up.first + 0.7);
  CHECK(test_drift(AnswerMatrix(people_of(level, 1), 0, first_items(1))).p_value > 0.001);
}

TEST_CASE("of many people, evenly spaced ones are examined") {
  const AnswerMatrix some(people_of({1, 2, 3, 4, 5, 1, 2, 3, 4, 5}, 1), 0, first_items(1), 5);
  CHECK(some.by_item() == std::vector<std::int16_t>{1, 3, 5, 2, 4});
}

TEST_CASE("counts of suspicious people") {
  const Instrument instrument{"s", {{"1", "", "", 1, 5}, {"2", "", "", 1, 5}}, 1, 5};
  People people = people_of({3, 3, 1, 2, 1, 2, 3, 3, 2, 1, 1, 2, 6, 1}, 2);
  people.ids = {"a", "b", "c", "d", "e", "e", "f"};
  const PeopleCounts counts = count_people(people, 0, instrument);
  CHECK(counts.people == 7);
  CHECK(counts.duplicate_ids == 1);
  CHECK(counts.impossible_values == 1);
  CHECK(counts.constant == 2);
  CHECK(counts.repeated == 2);
}
