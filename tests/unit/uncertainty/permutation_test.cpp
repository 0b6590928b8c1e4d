// Permutation tests against slow twins: every labelling applied to the answers and computed anew.
#include "uncertainty/permutation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/analysis_design.hpp"
#include "error.hpp"
#include "inference/permutation.hpp"
#include "inference/two_sample.hpp"
#include "models/mixed_model.hpp"
#include "resampling/relabellings.hpp"
#include "uncertainty/permutation_table.hpp"
#include "uncertainty/tiles.hpp"
#include "unit/analysis/small_study.hpp"

using namespace meridian;
using Eigen::Index;
using Eigen::MatrixXd;
using uncertainty::PermutationKind;

namespace {

constexpr const char* kFormula = "cosine ~ nation*origin + (1|llm) + (origin+1|participant)";

analysis::Study small_study(std::size_t people, const std::string& formula) {
  analysis::SmallStudy small = analysis::make_small_study(people);
  small.job.analyses.front().formula = formula;
  analysis::Study study;
  study.job = small.job;
  study.job.items = study.job.registry = "data/models.csv";  // inputs that the fingerprint can read
  study.panel = small.panel;
  study.layouts = {small.layout};
  return study;
}

uncertainty::PermutationTest test_of(const analysis::Study& study, PermutationKind kind, bool refit = false) {
  uncertainty::PermutationOptions options;
  options.kind = kind;
  options.refit = refit;
  return uncertainty::permutation_test(study, "rq3", options);
}

/// A person's mean cosine over the models that a nation meets.
double mean_cosine(const analysis::Study& study, std::size_t person, std::size_t nation) {
  double sum = 0;
  for (std::size_t row = 0; row < 4; ++row) {
    const analysis::Cell& cell = study.layouts.front().cells[nation][row];
    sum += similarity::plain_cosine(study.panel, person, cell.condition, cell.model, 0) / 4;
  }
  return sum;
}

/// Welch's t of nations for every way to choose the people of the first one, in lexicographic order.
std::vector<double> nation_twin(const analysis::Study& study, const std::vector<std::size_t>& people, std::size_t first,
                                bool recomputed) {
  std::vector<double> all;
  const auto permutations = resampling::Permutations::relabellings({1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0}, 1000, 1);
  REQUIRE(first == 8);
  for (std::uint64_t number = 0; number < permutations.count(); ++number) {
    const resampling::Labels labels = permutations.labels(number);
    std::vector<double> groups[2];
    for (std::size_t i = 0; i < people.size(); ++i) {
      const std::size_t nation = labels[i] == 1 ? 0 : 1;
      const auto own = static_cast<std::size_t>(study.panel.people.nation[people[i]]);
      groups[nation].push_back(mean_cosine(study, people[i], recomputed ? nation : own));
    }
    all.push_back(inference::welch_t(groups[0], groups[1]).statistic);
  }
  return all;
}

/// t values of a model whose models have the origins of the labels, built and fitted from nothing.
std::vector<double> refit_twin(analysis::Study study, const resampling::Labels& labels,
                               const std::vector<std::string>& terms) {
  for (std::size_t m = 0; m < labels.size(); ++m) study.panel.models[m].origin = labels[m] == 1 ? "China" : "USA";
  const analysis::Layout& layout = study.layouts.front();
  const auto design = analysis::make_analysis_design(study.panel, layout, study.job.analyses.front(),
                                                     uncertainty::analysis_moments(study, layout, 1));
  const models::Fit fit = models::fit_mixed(design.design, "participant", design.blocks, design.moments);
  std::vector<double> t;
  for (const std::string& term : terms)
    for (const models::Coefficient& coefficient : fit.coefficients)
      if (coefficient.term == term) t.push_back(coefficient.statistic);
  return t;
}

}  // namespace

TEST_CASE("people relabelled keep their cosines, or meet those of the other nation") {
  const analysis::Study study = small_study(12, "");
  std::vector<std::size_t> people;  // person 0 has no cosine without one dimension
  for (std::size_t person = 1; person < 12; ++person) people.push_back(person);
  for (const bool recomputed : {false, true}) {
    const auto test = test_of(study, recomputed ? PermutationKind::nation : PermutationKind::nation_with_language);
    REQUIRE(test.study.limit == 165);
    REQUIRE(test.study.statistics.front() == "nation");
    const MatrixXd values = test.study.compute(0, 165);
    const std::vector<double> twin = nation_twin(study, people, 8, recomputed);
    for (Index i = 0; i < 165; ++i) CHECK(values(i, 0) == Approx(twin[static_cast<std::size_t>(i)]).margin(1e-11));
    const auto table = uncertainty::permutation_table(test.observed, values, true);
    double centre = 0, observed = std::get<double>(test.observed.rows[0][test.observed.column("statistic")]);
    if (recomputed) centre = values.col(0).mean();
    const auto reached = ((values.col(0).array() - centre).abs() >= std::abs(observed - centre) * (1 - 1e-12)).count();
    CHECK(std::get<double>(table.rows[0][table.column("p_value")]) == Approx(static_cast<double>(reached) / 165));
  }
}

TEST_CASE("max-T over models takes one labelling for all") {
  const auto test = test_of(small_study(12, ""), PermutationKind::nation_with_language);
  const MatrixXd values = test.study.compute(0, 165);
  const auto table = uncertainty::permutation_table(test.observed, values, true);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto& family = std::get<std::string>(table.rows[row][table.column("family")]);
    if (family != "models") continue;
    const double observed = std::abs(std::get<double>(table.rows[row][table.column("statistic")]));
    int reached = 0;
    for (Index i = 0; i < 165; ++i)
      reached += values.row(i).segment(2, 4).cwiseAbs().maxCoeff() >= observed * (1 - 1e-12);
    CHECK(std::get<double>(table.rows[row][table.column("max_t_p")]) == Approx(reached / 165.0));
  }
  const std::size_t statistic = table.column("statistic");
  for (const char* name : {"p_value", "p_low", "p_high", "max_t_p", "step_down_p"})
    CHECK(table.column(name) - statistic <= 5);
  CHECK(table.columns.back().name == "null_hypothesis");
  CHECK(test.study.statistics[2] == "nation, a");
  CHECK(test.study.statistics.size() == 2 + 4 + 2 * 2);  // of two dimensions left out in turn
}

TEST_CASE("a refit to relabelled origins is the fit of a table with these origins") {
  const analysis::Study study = small_study(60, kFormula);
  const auto test = test_of(study, PermutationKind::origin, true);
  REQUIRE(test.study.limit == 6);
  REQUIRE(test.study.statistics == std::vector<std::string>{"origin", "nation:origin"});
  const MatrixXd values = test.study.compute(0, 6);
  for (std::uint64_t number = 0; number < 6; ++number) {
    const auto labels = resampling::combination(4, 2, number);
    const std::vector<double> twin = refit_twin(study, labels, test.study.statistics);
    for (Index s = 0; s < 2; ++s)
      CHECK(values(static_cast<Index>(number), s) == Approx(twin[static_cast<std::size_t>(s)]).epsilon(1e-4));
  }
  CHECK(std::get<double>(test.observed.rows[0][test.observed.column("statistic")]) == values(0, 0));
}

TEST_CASE("options that do not fit a test are refused by name") {
  const analysis::Study study = small_study(60, kFormula);
  CHECK_THROWS_WITH(test_of(study, PermutationKind::nation, true), Catch::Contains("--refit"));
  CHECK_THROWS_WITH(test_of(small_study(60, ""), PermutationKind::origin, true), Catch::Contains("formula"));
  CHECK_THROWS_WITH(test_of(study, PermutationKind::language), Catch::Contains("language"));
}
