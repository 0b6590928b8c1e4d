// How often permutation tests reject at 5 % what is true, on made-up numbers of units: test_sizes DATASETS THREADS.
// Exact ones must keep to 5 %; where their assumption is broken on purpose the table in docs/statistics.md says by how
// much. Prints a CSV; exits 1 where a promise is broken beyond what chance allows.
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "inference/freedman_lane.hpp"
#include "inference/labelled_welch.hpp"
#include "inference/permutation.hpp"
#include "random/stream.hpp"
#include "resampling/relabellings.hpp"
#include "tally.hpp"

namespace {

using namespace meridian;
using calibration::add;
using calibration::Promise;
using calibration::Tallies;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using resampling::Labels;
using resampling::Permutations;

constexpr std::uint64_t kSeed = 20261121;
constexpr std::uint64_t kEnumerated = 4000, kDrawn = 999;

/// Mean 0, variance 1.
using Draw = double (*)(random::Stream&);
double normal(random::Stream& stream) { return stream.normal(); }
double skewed(random::Stream& stream) { return -std::log(stream.uniform()) - 1; }

MatrixXd draw(random::Stream& stream, Draw one, Index units, Index columns) {
  MatrixXd values(units, columns);
  for (Index i = 0; i < units; ++i)
    for (Index j = 0; j < columns; ++j) values(i, j) = one(stream);
  return values;
}

Labels first_units(Index units, Index first) {
  Labels labels(static_cast<std::size_t>(units), 0);
  std::fill_n(labels.begin(), first, std::uint8_t{1});
  return labels;
}

inference::Permuted how(const Permutations& permutations) {
  return permutations.enumerated() ? inference::Permuted::all : inference::Permuted::sampled;
}

/// Permutations x columns.
template <class Statistic>
MatrixXd permute(const Permutations& permutations, Index columns, const Statistic& statistic) {
  const std::uint64_t count = permutations.enumerated() ? permutations.count() : kDrawn;
  MatrixXd values(static_cast<Index>(count), columns);
  for (std::uint64_t i = 0; i < count; ++i)
    values.row(static_cast<Index>(i)) = statistic(permutations.labels(i)).transpose();
  return values;
}

bool rejects(double observed, const MatrixXd& permuted, inference::Permuted which) {
  return inference::permutation_p(observed, permuted.col(0), which).p <= 0.05;
}

/// Persona or language within models.
void add_sign_flips(random::Stream& stream, Index models, Tallies& tallies) {
  for (const auto& [name, one] : {std::pair{"symmetric", &normal}, std::pair{"skewed", &skewed}}) {
    const MatrixXd units = draw(stream, one, models, 1);
    const auto signs = Permutations::signs(static_cast<std::size_t>(models), kEnumerated, stream.bits64());
    const auto statistic = [&](const Labels& labels) { return inference::flipped_t(units, labels); };
    const double observed = statistic(Labels(static_cast<std::size_t>(models), 0))[0];
    add(tallies, {"signs of models", name, ""}, rejects(observed, permute(signs, 1, statistic), how(signs)));
  }
}

/// Origins of models, the second with a standard deviation `ratio` times that of the first.
void add_origins(random::Stream& stream, Index models, Tallies& tallies) {
  const auto add_case = [&](const char* name, Draw one, Index first, double ratio) {
    MatrixXd units = draw(stream, one, models, 1);
    units.bottomRows(models - first) *= ratio;
    const Labels labels = first_units(models, first);
    const auto all = Permutations::relabellings(labels, kEnumerated, stream.bits64());
    const auto statistic = [&](const Labels& given) { return inference::relabelled_welch_t(units, given); };
    add(tallies, {"origins of models", name, ""}, rejects(statistic(labels)[0], permute(all, 1, statistic), how(all)));
  };
  add_case("exchangeable", normal, models / 2, 1);
  add_case("exchangeable and skewed", skewed, models / 2, 1);
  add_case("SD 1 and 3", normal, models / 2, 3);
  add_case("SD 1 (a third) and 3", normal, models / 3, 3);
}

/// Changes by `removals` removals that share a part of each model; the first three are real effects of one SD and a
/// half.
void add_max_t(random::Stream& stream, Index models, Index removals, Tallies& tallies) {
  constexpr Index kReal = 3;
  MatrixXd units = draw(stream, normal, models, removals);
  units.colwise() += draw(stream, normal, models, 1).col(0);
  units.topLeftCorner(models / 2, kReal).array() += 1.5 * std::sqrt(2.0);
  const Labels labels = first_units(models, models / 2);
  const auto all = Permutations::relabellings(labels, kEnumerated, stream.bits64());
  const auto statistic = [&](const Labels& given) { return inference::relabelled_welch_t(units, given); };
  const auto adjusted = inference::max_t(statistic(labels), permute(all, removals, statistic), how(all));
  const std::string test = "max-T of " + std::to_string(removals) + " removals";
  const auto least = [](const std::vector<double>& p) { return *std::min_element(p.begin() + kReal, p.end()); };
  add(tallies, {test, "single step", "any true null"}, least(adjusted.single_step) <= 0.05);
  add(tallies, {test, "step down", "any true null"}, least(adjusted.step_down) <= 0.05);
  add(tallies, {test, "step down", "a real effect"}, adjusted.step_down[0] <= 0.05);
}

/// Nationality of people: cosines go with them.
void add_nationality(random::Stream& stream, Tallies& tallies) {
  const auto add_case = [&](const char* name, Index people, Index first, double ratio) {
    MatrixXd units = draw(stream, normal, people, 1);
    units.bottomRows(people - first) *= ratio;
    const Labels labels = first_units(people, first);
    const auto drawn = Permutations::relabellings(labels, 0, stream.bits64());
    std::vector<Labels> labellings{labels};
    for (std::uint64_t i = 0; i < kDrawn; ++i) labellings.push_back(drawn.labels(i));
    const MatrixXd t = inference::LabelledWelch(units, units).statistics(labellings);
    add(tallies, {"nationality of people", name, ""}, rejects(t(0, 0), t.bottomRows(kDrawn), how(drawn)));
  };
  add_case("60 and 60", 120, 60, 1);
  add_case("40 and 80 with SD 1 and 3", 120, 40, 3);
}

/// The group stands for nothing, but for a covariate that matters and is larger in it.
void add_freedman_lane(random::Stream& stream, Index models, Tallies& tallies) {
  for (const auto& [name, one] : {std::pair{"normal", &normal}, std::pair{"skewed", &skewed}}) {
    const Labels labels = first_units(models, models / 2);
    MatrixXd covariates(models, 2);
    covariates.col(0).setOnes();
    covariates.col(1) = draw(stream, normal, models, 1);
    covariates.col(1).head(models / 2).array() += 1;
    const MatrixXd units = draw(stream, one, models, 1) + covariates.col(1);
    const inference::FreedmanLane test(units, covariates, labels);
    const std::uint64_t seed = stream.bits64();
    std::vector<std::uint32_t> order(static_cast<std::size_t>(models));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    const double observed = test.statistic(order)[0];
    MatrixXd permuted(static_cast<Index>(kDrawn), 1);
    for (std::uint64_t i = 0; i < kDrawn; ++i)
      permuted(static_cast<Index>(i), 0) = test.statistic(resampling::random_order(order.size(), seed, i))[0];
    add(tallies, {"origin with a covariate (Freedman-Lane)", name, ""},
        rejects(observed, permuted, inference::Permuted::sampled));
  }
}

Tallies one_data_set(Index models, std::size_t index) {
  random::Stream stream(kSeed, "sizes of tests", index * 64 + static_cast<std::size_t>(models));
  Tallies tallies;
  add_sign_flips(stream, models, tallies);
  add_origins(stream, models, tallies);
  for (const Index removals : {6, 19}) add_max_t(stream, models, removals, tallies);
  add_nationality(stream, tallies);
  add_freedman_lane(stream, models, tallies);
  return tallies;
}

Promise promise_of(const calibration::Key& key) {
  if (key.term == "a real effect") return {0.2, 1};
  if (key.scheme.rfind("max-T", 0) == 0) return {0.005, 0.055};
  const bool exact = key.method == "symmetric" || key.method.rfind("exchangeable", 0) == 0 || key.method == "60 and 60";
  return exact ? Promise{0.04, 0.055} : Promise{0.03, 0.1};
}

}  // namespace

int main(int arguments, char** argument) {
  if (arguments != 3) {
    std::fprintf(stderr, "usage: test_sizes DATASETS THREADS\n");
    return 2;
  }
  const std::size_t count = std::strtoull(argument[1], nullptr, 10);
  calibration::print_header();
  int failures = 0;
  for (const Index models : {14, 20}) {
    const auto one = [&](std::size_t index) { return one_data_set(models, index); };
    failures += calibration::report(std::to_string(models) + " models",
                                    calibration::tally(count, std::atoi(argument[2]), one), promise_of);
  }
  return failures == 0 ? 0 : 1;
}
