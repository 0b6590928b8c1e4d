// Likelihood-ratio tests of fixed terms against R 4.2, lme4: drop1(lmer(..., REML = FALSE), test = "Chisq"), searched
// with bobyqa to rhoend = 1e-10.
#include "models/likelihood_ratio.hpp"

#include <catch2/catch.hpp>

#include "stored_designs.hpp"

namespace {

using namespace meridian::models;

std::vector<TermRatio> ratios(const std::string& table, const std::string& text,
                              const std::vector<std::string>& factors = {}) {
  const Frame frame = stored_designs::read_frame("tests/oracle/data/" + table + ".csv", factors);
  const Formula formula = parse_formula(text);
  const DesignOptions options;
  return likelihood_ratio_tests({formula, frame, options}, build_design(formula, frame), Eigen::VectorXd());
}

void check(const TermRatio& found, const std::string& term, double df, double aic, double statistic, double p) {
  INFO(term);
  CHECK(found.term == term);
  CHECK(found.converged);
  CHECK(found.df == df);
  CHECK(found.aic == Approx(aic).epsilon(1e-8));
  CHECK(found.statistic == Approx(statistic).epsilon(1e-6));
  CHECK(found.p_value == Approx(p).epsilon(1e-5));
}

}  // namespace

TEST_CASE("terms are dropped one by one as drop1 drops them") {
  const auto cake = ratios("public/cake", "angle ~ recipe + factor(temperature) + (1 | recipe:replicate)");
  REQUIRE(cake.size() == 2);
  check(cake[0], "recipe", 2, 1706.11223392, 0.529985599519, 7.67211474063e-01);
  check(cake[1], "factor(temperature)", 5, 1785.68837068, 86.106122367078, 4.41269933603e-17);
  const auto sleep = ratios("public/sleepstudy", "Reaction ~ Days + (Days | Subject)");
  REQUIRE(sleep.size() == 1);
  check(sleep[0], "Days", 1, 1785.47588196, 23.5365374979, 1.22563995719e-06);
}

TEST_CASE("a term that another one contains is not dropped") {
  const auto made = ratios("models/data", "y ~ x * w + school + (1 + x | person) + (1 | item)");
  REQUIRE(made.size() == 2);
  check(made[0], "school", 5, 1308.06602643, 4.36133371054, 0.498648013703);
  check(made[1], "x:w", 1, 1312.79986511, 1.09517239674, 0.295328007835);
}

TEST_CASE("without an intercept the factor that is left is coded afresh") {
  const auto cake = ratios("public/cake", "angle ~ 0 + recipe + temperature + (1 | recipe:replicate)", {"temperature"});
  REQUIRE(cake.size() == 2);
  check(cake[0], "recipe", 2, 1706.11223392, 0.529985599519, 7.67211474063e-01);
  check(cake[1], "temperature", 5, 1785.68837068, 86.106122367078, 4.41269933603e-17);
}

TEST_CASE("aliased columns leave no likelihood-ratio tests") {
  CHECK(ratios("public/sleepstudy", "Reaction ~ Days + I(2 * Days) + (1 | Subject)").empty());
}
