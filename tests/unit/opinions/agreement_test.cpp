// Predictions beside people's answers: R's numbers, and the cases in which a number does not exist.
#include "opinions/agreement.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "opinions/answer_code.hpp"
#include "unit/opinions/reference.hpp"

using namespace meridian::opinions;

namespace {

PairedCounts pairs(const std::vector<int>& human, const std::vector<int>& model) {
  PairedCounts counts;
  for (std::size_t i = 0; i < human.size(); ++i) ++counts.cells[{human[i], model[i]}];
  return counts;
}

CodeRange range_of(const PairedCounts& counts) {
  CodeRange range;
  for (const auto& [cell, count] : counts.cells) {
    range.include(cell.first);
    range.include(cell.second);
  }
  for (const auto& [code, count] : counts.invalid) range.include(code);
  return range;
}

}  // namespace

TEST_CASE("kappa of codes with gaps is that of its definition in R") {
  const PairedCounts counts = pairs(reference::human, reference::model);
  CHECK(cohen_kappa(counts, KappaWeights::none) == Approx(reference::kappas[0]).epsilon(1e-13));
  CHECK(cohen_kappa(counts, KappaWeights::linear) == Approx(reference::kappas[1]).epsilon(1e-13));
  CHECK(cohen_kappa(counts, KappaWeights::quadratic) == Approx(reference::kappas[2]).epsilon(1e-13));
}

TEST_CASE("one constant rater has kappa 0, two constant equal ones have none") {
  for (const auto weights : {KappaWeights::none, KappaWeights::linear, KappaWeights::quadratic}) {
    CHECK(cohen_kappa(pairs({1, 2, 3, 7, 7}, {2, 2, 2, 2, 2}), weights) == 0);
    CHECK(std::isnan(cohen_kappa(pairs({4, 4}, {4, 4}), weights)));
    CHECK(std::isnan(cohen_kappa({}, weights)));
    CHECK(cohen_kappa(pairs({1, 2, 3}, {1, 2, 3}), weights) == 1);
  }
}

TEST_CASE("invalid predictions are wrong or left out of the accuracy, and no part of the distribution") {
  PairedCounts counts = pairs({1, 1, 2, 3}, {1, 2, 2, 3});
  counts.invalid[3] = 4;
  const CodeRange range = range_of(counts);
  const Agreement wrong = agreement(counts, range, InvalidRule::wrong);
  const Agreement excluded = agreement(counts, range, InvalidRule::excluded);
  CHECK(wrong.people == 8);
  CHECK(wrong.invalid == 4);
  CHECK(wrong[Metric::accuracy] == 3.0 / 8);
  CHECK(excluded[Metric::accuracy] == 3.0 / 4);
  CHECK(human_histogram(counts, range) == std::vector<double>{2, 1, 5});
  CHECK(predicted_histogram(counts, range) == std::vector<double>{1, 2, 1});
  CHECK(wrong[Metric::emd_ord_norm] == Approx((std::abs(2.0 / 8 - 1.0 / 4) + std::abs(3.0 / 8 - 3.0 / 4)) / 2));
}

TEST_CASE("without a valid prediction there is an accuracy and no distance") {
  PairedCounts counts;
  counts.invalid[2] = 3;
  const Agreement found = agreement(counts, range_of(counts), InvalidRule::wrong);
  CHECK(found[Metric::accuracy] == 0);
  CHECK(std::isnan(found[Metric::sim_js]));
  CHECK(std::isnan(found[Metric::kappa]));
  CHECK(std::isnan(agreement(counts, range_of(counts), InvalidRule::excluded)[Metric::accuracy]));
}

TEST_CASE("a code is a whole number, however it is written") {
  CHECK(answer_code("3") == 3);
  CHECK(answer_code("3.0") == 3);
  CHECK(answer_code("-1") == -1);
  CHECK_FALSE(answer_code("3.5"));
  CHECK_FALSE(answer_code(""));
  CHECK_FALSE(answer_code("yes"));
  CHECK_FALSE(answer_code("1e9"));
  CHECK(answer_count("") == 1);
  CHECK(answer_count("0") == 0);
  CHECK_FALSE(answer_count("-1"));
  CHECK_FALSE(answer_count("1.5"));
  CHECK(plain_name("2.0") == "2");
  CHECK(plain_name("USA") == "USA");
}
