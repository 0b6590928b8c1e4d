// The metric of WorldValuesBench: R's distances (make_world_values_reference.R), a slow twin, and printed shares.
#include "opinions/world_values.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "error.hpp"
#include "opinions/world_values_inputs.hpp"
#include "opinions/world_values_shares.hpp"
#include "random/stream.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::opinions;

namespace {

/// Mean |x_(i) - y_(i)| over two samples stretched to the same size.
double slow_distance(std::vector<double> x, std::vector<double> y) {
  const auto stretched = [](std::vector<double> values, std::size_t times) {
    std::vector<double> all;
    for (const double value : values) all.insert(all.end(), times, value);
    std::sort(all.begin(), all.end());
    return all;
  };
  const std::vector<double> a = stretched(x, y.size()), b = stretched(y, x.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum / static_cast<double>(a.size());
}

WeightedValues counted(const std::vector<double>& values) {
  WeightedValues counts;
  for (const double value : values) ++counts[value];
  return counts;
}

}  // namespace

TEST_CASE("W1 of weighted samples agrees with R") {
  CHECK(wasserstein({{0, 3}, {.25, 1}, {1, 2}}, {{.5, 1}, {.75, 4}}) == Approx(0.491666666666667).epsilon(1e-13));
  CHECK(wasserstein({{.1, 1}, {.2, 2}, {.3, 3}, {.9, 4}}, {{.15, 5}, {.25, 1}, {1.3, 1}}) ==
        Approx(0.295714285714286).epsilon(1e-13));
  CHECK(wasserstein({{0, 1}}, {{1, 7}}) == Approx(1));
  CHECK(std::isnan(wasserstein({}, {{1, 7}})));
}

TEST_CASE("W1 of samples of different sizes agrees with the slow twin") {
  meridian::random::Stream stream(3, "world values test", 0);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> x, y;
    for (std::uint32_t i = 0; i < 1 + stream.below(12); ++i) x.push_back(stream.below(11));
    for (std::uint32_t i = 0; i < 1 + stream.below(9); ++i) y.push_back(stream.below(11));
    if (x.empty() || y.empty()) continue;
    CHECK(wasserstein(counted(x), counted(y)) == Approx(slow_distance(x, y)).margin(1e-12));
  }
}

TEST_CASE("answers outside the scale are kept, clipped or dropped") {
  const WeightedValues answers{{0, 1}, {1, 2}, {4, 1}, {27, 2}};
  const Scale scale{1, 4};
  CHECK(weight_outside(answers, scale) == 3);
  CHECK(on_unit_scale(answers, scale, OutOfRange::keep).rbegin()->first == Approx(26.0 / 3));
  CHECK(on_unit_scale(answers, scale, OutOfRange::clip) == WeightedValues{{0, 3}, {1, 3}});
  CHECK(on_unit_scale(answers, scale, OutOfRange::drop) == WeightedValues{{0, 2}, {1, 1}});
  CHECK(uniform_answers(scale).size() == 4);
  CHECK(majority_answer({{0, 2}, {.5, 3}, {1, 3}}) == WeightedValues{{.5, 1}});
}

TEST_CASE("shares within a threshold are those printed by Zhao et al. 2024: 4, 9, 26, 27 of 36") {
  for (const auto& [near, percent] : {std::pair{4, 11.1}, {9, 25.0}, {26, 72.2}, {27, 75.0}}) {
    std::vector<double> distances(36, 0.3);
    std::fill(distances.begin(), distances.begin() + near, 0.1);
    const WithinShare share = share_within(distances, std::vector<double>(36, 1), kHeadlineThreshold);
    CHECK(std::round(1000 * share.at_most) / 10 == Approx(percent));
  }
  const WithinShare tie = share_within({.1 + .1, .5, std::nan("")}, {1, 1, 1}, kHeadlineThreshold);
  CHECK(tie.below == 0);
  CHECK(tie.at_most == .5);
}

TEST_CASE("recodes act at once and drop what they map to nothing") {
  const meridian::tests::ScratchFolder scratch;
  const Recodes recodes(scratch.write("a.json", R"({"Q56": {"2": "3", "3": "2"}, "Q111": {"3": ""}})"));
  double score = 2;
  CHECK(recodes.apply("Q56", score));
  CHECK(score == 3);
  CHECK(recodes.apply("Q56", score));
  CHECK(score == 2);
  score = 3;
  CHECK_FALSE(recodes.apply("Q111", score));
  CHECK(recodes.apply("Q1", score));
  CHECK_THROWS_AS(Recodes(scratch.write("a.json", R"({"Q56": {"2": "x"}})")), meridian::InputError);
  CHECK_THROWS_AS(read_scales(scratch.write("a.json", "[]")), meridian::InputError);
  CHECK(country_of("156070594") == "156");
}

TEST_CASE("a run that answers as people do is at distance 0, and comparisons see which run is nearer") {
  ScoreCounts counts;
  std::map<std::string, Scale> scales;
  for (int q = 1; q <= 12; ++q) {
    const std::string question = "Q" + std::to_string(q);
    scales[question] = {1, 5};
    counts[{"all", ""}][question] = {
        {kPeople, {{1, 3.0 + q}, {4, 2}}}, {"alike", {{1, 6.0 + 2 * q}, {4, 4}}}, {"far", {{5, 1}}}};
  }
  const RunDistances found = run_distances(counts, {"all", ""}, scales, OutOfRange::keep);
  CHECK(found.questions[1] == "Q2");
  CHECK(found.questions.back() == "Q12");
  CHECK(*std::max_element(found.distances[0].begin(), found.distances[0].end()) < 1e-15);
  meridian::audit::Settings settings;
  settings.replicates = 200;
  const auto shares = run_shares(found, settings);
  CHECK(shares[0].at_most[0].value == 1);
  CHECK(shares[1].mean.low <= shares[1].mean.value);
  CHECK(shares[1].mean.high >= shares[1].mean.value);
  const auto pair = compare_runs(found, settings).front();
  CHECK(pair.difference.high < 0);
  CHECK(pair.p_wilcoxon == Approx(2.0 / 4096));
  CHECK(pair.only_first == 12);
  CHECK(pair.p_mcnemar == Approx(2.0 / 4096));
}
