// How often intervals cover and tests reject when the truth is known: calibration DATASETS REPLICATES THREADS [DESIGN].
// Prints a CSV of coverage and size with binomial limits; exits 1 where a promise of docs/statistics.md is broken
// beyond what chance allows.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "inference/permutation.hpp"
#include "resampling/relabellings.hpp"
#include "simulated_study.hpp"
#include "tally.hpp"
#include "uncertainty/interval_table.hpp"

using namespace meridian;
using calibration::add;
using calibration::Key;
using calibration::Promise;
using calibration::Study;
using calibration::Tallies;
using calibration::Truth;
using uncertainty::Scheme;

namespace {

constexpr std::uint64_t kSeed = 20261121;
std::vector<Truth> truths() {
  return {{"7 + 7 models", 60, 7, 0.06, 0.3},
          {"7 + 7 models singular", 60, 7, 0, 0},
          {"10 + 10 models", 60, 10, 0.06, 0.3},
          {"10 + 10 models singular", 60, 10, 0, 0}};
}

const Eigen::Vector4d& target_of(const Study& study, Scheme scheme) {
  if (scheme == Scheme::people) return study.these_models;
  return scheme == Scheme::models ? study.these_people : study.beta;
}

void add_limits(const findings::Table& table, const Eigen::Vector4d& target, const std::string& scheme,
                const char* method, Tallies& tallies) {
  Eigen::Index term = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (std::get<std::string>(table.rows[row][table.column("quantity")]) != "fixed effect") continue;
    const double low = uncertainty::number_of(table, row, (std::string(method) + "_low").c_str());
    const double high = uncertainty::number_of(table, row, (std::string(method) + "_high").c_str());
    const double truth = target[term++];
    if (std::isfinite(low) && std::isfinite(high))
      add(tallies, {scheme, method, std::get<std::string>(table.rows[row][table.column("name")])},
          low <= truth && truth <= high, high - low);
  }
}

void add_scheme(const Study& study, Scheme scheme, std::size_t replicates, std::uint64_t seed, Tallies& tallies) {
  uncertainty::BootstrapOptions options;
  options.scheme = scheme;
  options.seed = seed;
  if (scheme == Scheme::models) options.model_draws = resampling::DrawSize::one_less;
  const auto bootstrap = uncertainty::bootstrap_study(study.subject, options);
  uncertainty::Jackknife jackknife;
  if (uncertainty::draws_units(scheme)) {
    const auto left_out = uncertainty::jackknife_study(study.subject, options);
    jackknife = uncertainty::split_jackknife(left_out.compute(0, left_out.limit));
  }
  const auto table = uncertainty::intervals_table(uncertainty::estimates_table(*study.subject),
                                                  bootstrap.compute(0, replicates), jackknife);
  const std::string name = uncertainty::scheme_name(scheme);
  for (const char* method : {"percentile", "basic", "studentized", "bca"})
    add_limits(table, target_of(study, scheme), name, method, tallies);
  if (scheme == Scheme::two_way) add_limits(table, study.beta, "t of the model", "model", tallies);
}

/// Rejections at 5 % of what is true of these contrasts: no effect of origin, none of nation:origin.
void add_permutations(const Eigen::MatrixXd& contrasts, const std::vector<std::uint8_t>& first, std::uint64_t seed,
                      const char* method, Tallies& tallies) {
  const auto permutations = resampling::Permutations::relabellings(first, 5000, seed);
  const std::uint64_t count = permutations.enumerated() ? permutations.count() : 999;
  Eigen::MatrixXd permuted(static_cast<Eigen::Index>(count), 2);
  for (std::uint64_t i = 0; i < count; ++i)
    permuted.row(static_cast<Eigen::Index>(i)) =
        inference::relabelled_welch_t(contrasts, permutations.labels(i)).transpose();
  const auto observed = inference::relabelled_welch_t(contrasts, first);
  const auto how = permutations.enumerated() ? inference::Permuted::all : inference::Permuted::sampled;
  for (const Eigen::Index c : {0, 1})
    add(tallies, {"test", method, c == 0 ? "origin" : "nation:origin"},
        inference::permutation_p(observed[c], permuted.col(c), how).p <= 0.05, 0);
}

void add_tests(const Study& study, std::uint64_t seed, Tallies& tallies) {
  add_permutations(study.of_these_people, study.first_origin, seed, "permuted origins of these people", tallies);
  add_permutations(study.contrasts, study.first_origin, seed, "permuted origins of new people", tallies);
  const auto& coefficients = study.subject->model->fit().coefficients;
  for (const std::size_t c : {2, 3})
    add(tallies, {"test", "t of the model", coefficients[c].term}, coefficients[c].p_value < 0.05, 0);
}

Tallies one_data_set(const Truth& truth, std::size_t index, std::size_t replicates) {
  const Study study = calibration::simulate(truth, kSeed, index);
  Tallies tallies;
  for (const Scheme scheme : {Scheme::people, Scheme::models, Scheme::two_way, Scheme::product, Scheme::parametric})
    add_scheme(study, scheme, replicates, kSeed + index, tallies);
  add_tests(study, kSeed + index, tallies);
  return tallies;
}

Promise promise_of(const Key& key) {
  if (key.method == "permuted origins of these people" || key.method == "t of the model") return {0, 0.055};
  if (key.scheme == "test") return {0, 0.1};  // people's own preferences count as effects: docs/statistics.md
  if (key.method == "model") return {0.94, 1};
  // Errors of refits are too small where the fit of all was singular: docs/statistics.md advises against them there.
  const bool one_way = key.scheme == "people" || key.scheme == "models";
  return {key.method != "studentized" ? 0.87 : one_way ? 0.78 : 0.92, 1};
}

}  // namespace

int main(int arguments, char** argument) {
  if (arguments != 4 && arguments != 5) {
    fmt::print(stderr, "usage: calibration DATASETS REPLICATES THREADS [BEGINNING OF A DESIGN'S NAME]\n");
    return 2;
  }
  const auto number = [&](int i) { return static_cast<std::size_t>(std::strtoull(argument[i], nullptr, 10)); };
  const std::string wanted = arguments == 5 ? argument[4] : "";
  calibration::print_header();
  int failures = 0;
  for (const Truth& truth : truths()) {
    if (truth.name.rfind(wanted, 0) != 0) continue;
    const auto one = [&](std::size_t index) { return one_data_set(truth, index, number(2)); };
    failures +=
        calibration::report(truth.name, calibration::tally(number(1), static_cast<int>(number(3)), one), promise_of);
  }
  return failures == 0 ? 0 : 1;
}
