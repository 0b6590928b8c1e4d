#include "inference/permutation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "inference/one_sample.hpp"
#include "inference/sign_flip.hpp"
#include "inference/two_sample.hpp"
#include "resampling/relabellings.hpp"

using namespace meridian;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using inference::Permuted;

namespace {

const std::vector<double> kFirst = {1.2, 3.4, 2.2, 5.1}, kSecond = {0.3, 1.9, -0.4, 0.8, 1.1};

MatrixXd units() {
  MatrixXd all(9, 2);
  for (int i = 0; i < 9; ++i) {
    all(i, 0) = i < 4 ? kFirst[static_cast<std::size_t>(i)] : kSecond[static_cast<std::size_t>(i - 4)];
    all(i, 1) = std::sin(3.0 * i);
  }
  return all;
}

const resampling::Labels kObserved = {1, 1, 1, 1, 0, 0, 0, 0, 0};

/// The slow twin: of all ways to split nine units those with four in the first group, Welch's t of two lists.
int reached_by_twin(int column) {
  const MatrixXd all = units();
  const auto t = [&](unsigned split) {
    std::vector<double> first, second;
    for (int i = 0; i < 9; ++i) ((split >> i & 1) != 0 ? first : second).push_back(all(i, column));
    return first.size() == 4 ? std::abs(inference::welch_t(first, second).statistic) : -1;
  };
  const double observed = t(0b1111);
  int reached = 0;
  for (unsigned split = 0; split < 512; ++split) reached += t(split) >= observed * (1 - 1e-12);
  return reached;
}

MatrixXd all_relabellings() {
  const auto permutations = resampling::Permutations::relabellings(kObserved, 1000, 1);
  MatrixXd values(static_cast<Eigen::Index>(permutations.count()), 2);
  for (std::uint64_t i = 0; i < permutations.count(); ++i)
    values.row(static_cast<Eigen::Index>(i)) =
        inference::relabelled_welch_t(units(), permutations.labels(i)).transpose();
  return values;
}

}  // namespace

TEST_CASE("the t of labelled units is Welch's and Student's") {
  const VectorXd welch = inference::relabelled_welch_t(units(), kObserved);
  CHECK(welch[0] == Approx(inference::welch_t(kFirst, kSecond).statistic).epsilon(1e-13));
  resampling::Labels other = kObserved;
  for (auto& label : other) label = 1 - label;
  CHECK(inference::relabelled_welch_t(units(), other) == -welch);
  const std::vector<double> flipped = {1.2, -3.4, 2.2};
  MatrixXd three(3, 1);
  three << 1.2, 3.4, 2.2;
  CHECK(inference::flipped_t(three, {0, 1, 0})[0] ==
        Approx(inference::one_sample_t(inference::moments(flipped)).statistic).epsilon(1e-13));
}

TEST_CASE("exact permutation p-values equal those of a slow twin") {
  const MatrixXd values = all_relabellings();
  const VectorXd observed = inference::relabelled_welch_t(units(), kObserved);
  for (int column : {0, 1}) {
    const auto p = inference::permutation_p(observed[column], values.col(column), Permuted::all);
    CHECK(p.reached == reached_by_twin(column));
    CHECK(p.p == static_cast<double>(p.reached) / 126);
    CHECK(p.low == p.p);
  }
}

TEST_CASE("flipping all signs gives the sign-flip p") {
  const std::vector<double> list = {0.4, -0.1, 1.2, 0.7, 0.3, -0.2, 0.9};
  const MatrixXd column = Eigen::Map<const VectorXd>(list.data(), 7);
  const auto permutations = resampling::Permutations::signs(7, 128, 1);
  VectorXd values(128);
  for (std::uint64_t i = 0; i < 128; ++i)
    values[static_cast<Eigen::Index>(i)] = inference::flipped_t(column, permutations.labels(i))[0];
  CHECK(inference::permutation_p(values[0], values, Permuted::all).p == inference::sign_flip_p(list));
}

TEST_CASE("sampled p-values count the observed one and carry Clopper-Pearson limits") {
  VectorXd values = VectorXd::Zero(20);
  values.head(3) << 2, -2, 2 * (1 - 1e-13);  // ties of either sign, one by rounding
  const auto p = inference::permutation_p(-2, values, Permuted::sampled);
  CHECK(p.reached == 3);
  CHECK(p.p == Approx(4.0 / 21).epsilon(1e-15));
  CHECK(p.low == Approx(0.03207094).epsilon(1e-6));  // R: binom.test(3, 20)$conf.int
  CHECK(p.high == Approx(0.3789268).epsilon(1e-6));
  values[10] = std::numeric_limits<double>::quiet_NaN();
  CHECK(inference::permutation_p(-2, values, Permuted::sampled).reached == 4);
  CHECK(std::isnan(inference::permutation_p(std::nan(""), values, Permuted::sampled).p));
}

TEST_CASE("max-T adjusts upwards, step-down never more than single-step") {
  MatrixXd values(4, 3);
  values << 3, 1, 2,  // the observed one
      0.5, 2.5, 0.1, -1, 0.2, -2.2, 0.3, -1.5, 0.4;
  const inference::MaxT adjusted = inference::max_t(values.row(0).transpose(), values, Permuted::all);
  CHECK(adjusted.single_step == std::vector<double>{0.25, 1, 0.75});
  CHECK(adjusted.step_down == std::vector<double>{0.25, 0.75, 0.75});
}
