// The calibrator: exact gradient and Hessian, the simulated truth found again, what the ridge promises.
#include "alignment/calibrator.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "alignment/calibration_path.hpp"
#include "random/stream.hpp"

using namespace meridian::alignment;
using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Records whose people answer as softmax(eta) of random logits under a known truth, without noise.
struct Simulated {
  Terms terms{{3, 5}, 6};
  VectorXd truth;
  std::vector<Scores> scores;
  std::vector<std::vector<double>> shares;
  std::vector<Example> examples;

  explicit Simulated(std::size_t records) {
    meridian::random::Stream stream(5, "calibrator test", 0);
    truth = terms.unchanged();
    truth[0] = 0.4;
    for (const std::size_t options : terms.types()) {
      double sum = 0;
      for (std::size_t k = 0; k < options; ++k) sum += bias(options, k) = stream.normal();
      for (std::size_t k = 0; k < options; ++k) bias(options, k) -= sum / static_cast<double>(options);
    }
    for (std::size_t c = 0; c < 6; ++c) truth[static_cast<Index>(terms.country_at(c))] = stream.normal();
    for (std::size_t r = 0; r < records; ++r) {
      scores.emplace_back();
      for (std::size_t k = 0; k < (r % 2 == 0 ? 3 : 5); ++k) scores.back().push_back(2 * stream.normal());
      shares.push_back(distribution_of(calibrated(terms, truth, r / 2 % 6, scores.back())));
    }
    for (std::size_t r = 0; r < records; ++r) examples.push_back({r / 2 % 6, &scores[r], &shares[r]});
  }
  double& bias(std::size_t options, std::size_t k) { return truth[static_cast<Index>(terms.type_at(options) + 1 + k)]; }
};

VectorXd some_theta(Index size) {
  meridian::random::Stream stream(9, "calibrator test", 1);
  VectorXd theta(size);
  for (double& value : theta) value = stream.normal();
  return theta;
}

}  // namespace

TEST_CASE("the gradient and the Hessian of the criterion are those of differences") {
  Simulated study(20);
  study.scores[3][1] = std::nan("");
  const VectorXd theta = some_theta(study.truth.size());
  VectorXd gradient, up, down;
  Eigen::MatrixXd hessian;
  criterion(study.terms, study.examples, 0.3, theta, gradient, &hessian);
  constexpr double step = 1e-5;
  for (Index i = 0; i < theta.size(); ++i) {
    VectorXd at = theta;
    at[i] += step;
    const double high = criterion(study.terms, study.examples, 0.3, at, up, nullptr);
    at[i] -= 2 * step;
    const double low = criterion(study.terms, study.examples, 0.3, at, down, nullptr);
    CHECK(gradient[i] == Approx((high - low) / (2 * step)).margin(1e-8));
    for (Index j = 0; j < theta.size(); ++j)
      CHECK(hessian(j, i) == Approx((up[j] - down[j]) / (2 * step)).margin(1e-7));
  }
}

TEST_CASE("temperature, letter biases and country terms of a simulated truth are found again") {
  Simulated study(400);
  const Calibration fit = calibrate(study.terms, study.examples, 1e-9);
  CHECK(fit.reached);
  CHECK(mean_divergence(study.terms, fit.theta, study.examples) < 1e-8);
  for (const std::size_t options : study.terms.types()) {
    const auto type = static_cast<Index>(study.terms.type_at(options));
    CHECK(fit.theta[0] + fit.theta[type] == Approx(0.4).margin(1e-4));
    // A shift common to all countries is a bias along the options: only the sum of both is identified.
    for (std::size_t c = 0; c < 6; ++c)
      for (std::size_t k = 0; k < options; ++k) {
        const Scores zero(options, 0.0);
        CHECK(calibrated(study.terms, fit.theta, c, zero)[k] ==
              Approx(calibrated(study.terms, study.truth, c, zero)[k]).margin(1e-3));
      }
  }
}

TEST_CASE("biases sum to zero, and a strong ridge leaves the model as it is") {
  Simulated study(60);
  const Calibration fit = calibrate(study.terms, study.examples, 0.05);
  for (const std::size_t options : study.terms.types())
    CHECK(std::abs(fit.theta.segment(static_cast<Index>(study.terms.type_at(options) + 1), static_cast<Index>(options))
                       .sum()) < 1e-8);
  const Calibration stiff = calibrate(study.terms, study.examples, 1e9);
  CHECK((stiff.theta - study.terms.unchanged()).norm() < 1e-7);
}

TEST_CASE("cross-validation prefers a weak ridge where the truth is exact, whoever computes it") {
  Simulated study(240);
  TrainingSet set{study.examples, {}};
  for (std::size_t r = 0; r < 240; ++r) set.questions.push_back(r / 12);
  const PathOptions options{{1e-6, 1e-2, 100}, 3, 1};
  const auto path = cross_validate(study.terms, set, options, meridian::audit::Team());
  CHECK(path.size() == 3);
  CHECK(path[0].questions < 1e-4);
  CHECK(path[2].questions > path[0].questions);
  CHECK(chosen_ridge({{1, 2, 2}, {3, 1, 3}, {2, 2, 1}}) == 2);
}
