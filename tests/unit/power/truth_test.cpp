#include "power/truth.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include "error.hpp"
#include "power/elicitation.hpp"
#include "power/planned_study.hpp"

using namespace meridian;
using Eigen::MatrixXd;

namespace {

power::PlannedStudy planned() { return power::stated_in("jobs/power.ini", {}); }

/// Covariance of the effects of a factor, in units of the response squared.
MatrixXd covariance_of(const power::Truth& truth, const std::string& factor) {
  std::vector<MatrixXd> templates;
  truth.structure.fill_templates(truth.theta, templates);
  for (std::size_t f = 0; f < templates.size(); ++f)
    if (truth.structure.factors[f].name == factor)
      return truth.sigma * truth.sigma * templates[f] * templates[f].transpose();
  return {};
}

}  // namespace

TEST_CASE("stated standard deviations and correlations are those of the covariance") {
  const MatrixXd llm = covariance_of(planned().truth, "llm");  // (nation + 1 | llm): nation stands behind
  CHECK(std::sqrt(llm(0, 0)) == Approx(0.038));
  CHECK(std::sqrt(llm(1, 1)) == Approx(0.059));
  CHECK(llm(0, 1) == Approx(0.28 * 0.038 * 0.059));
  CHECK(covariance_of(planned().truth, "participant")(0, 1) == Approx(-0.27 * 0.115 * 0.030));
}

TEST_CASE("changing one standard deviation changes nothing else") {
  power::Truth truth = planned().truth;
  power::set_deviation("llm.nation=0.1", truth);
  CHECK(covariance_of(truth, "llm")(1, 1) == Approx(0.01));
  CHECK(covariance_of(truth, "llm")(0, 1) == Approx(0.28 * 0.038 * 0.1));
  power::set_deviation("residual=0.2", truth);
  CHECK(truth.sigma == 0.2);
  CHECK(covariance_of(truth, "llm")(0, 0) == Approx(0.038 * 0.038));
  power::set_deviation("llm.nation=0", truth);
  power::set_deviation("llm.nation=0.3", truth);
  CHECK(covariance_of(truth, "llm")(1, 1) == Approx(0.09));
  CHECK(covariance_of(truth, "llm")(0, 1) == Approx(0).margin(1e-15));
  power::set_effect("nation:origin=0.5", truth);
  CHECK(truth.beta[3] == 0.5);
}

TEST_CASE("a perfect correlation is possible, what no covariance has is refused") {
  power::Truth truth = planned().truth;
  power::set_correlations({{"llm", "nation", "(Intercept)", -1}}, truth);
  CHECK(covariance_of(truth, "llm")(0, 1) == Approx(-0.038 * 0.059));
  CHECK(covariance_of(truth, "llm").determinant() == Approx(0).margin(1e-12));
  CHECK_THROWS_AS(power::set_correlations({{"llm", "nation", "(Intercept)", 1.2}}, truth), InputError);
  CHECK_THROWS_AS(power::set_effect("nobody=1", truth), InputError);
  CHECK_THROWS_AS(power::set_deviation("llm.origin=1", truth), InputError);
  CHECK_THROWS_AS(power::set_deviation("residual=0", truth), InputError);
}

TEST_CASE("more iterations: longer signal, less noise, in the shares of the formula") {
  const power::PlannedStudy study = planned();
  const models::Design design = power::design_of(study.crossed);
  const auto at = [&](double iterations) {
    return power::at_iterations(study.truth, design, "participant", study.elicitation, iterations);
  };
  CHECK(at(20).theta == study.truth.theta);
  const double s = 0.05, tau = s / 35, square = 0.33 * 0.33;
  for (const double iterations : {5.0, 100.0}) {
    const power::Truth other = at(iterations);
    const double ratio = 20 / iterations, length = 1 - s + s * ratio;
    CHECK(other.beta[1] == Approx(study.truth.beta[1] / std::sqrt(length)));
    const double noise = (1 - square) * tau;
    CHECK(other.sigma * other.sigma ==
          Approx((0.099 * 0.099 - noise) / length + noise * ratio / length).epsilon(1e-12));
    CHECK(covariance_of(other, "participant")(0, 0) == Approx(0.115 * 0.115 / length));
    // Shared by people: the intercept's variance and a quarter of the slope's, codes being +-0.5.
    const double shared = 0.038 * 0.038 + 0.059 * 0.059 / 4;
    const MatrixXd llm = covariance_of(other, "llm");
    CHECK(llm(0, 0) + llm(1, 1) / 4 ==
          Approx((shared - square * tau) / length + square * tau * ratio / length).epsilon(1e-12));
  }
  power::Elicitation noisy = study.elicitation;
  noisy.noise_share = 0.9;
  CHECK_THROWS_AS(power::at_iterations(study.truth, design, "participant", noisy, 5), InputError);
  noisy.noise_share = 0;
  CHECK_THROWS_AS(power::at_iterations(study.truth, design, "participant", noisy, 5), InputError);
}
