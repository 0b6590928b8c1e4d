// Estimates on the boundary are results: named, converged, with usable df. And data that no model can be fitted to.
#include <catch2/catch.hpp>

#include "error.hpp"
#include "example_designs.hpp"
#include "models/mixed_model.hpp"

namespace {

using namespace meridian::models;
using Catch::Matchers::Contains;
using Eigen::Index;
using Eigen::VectorXd;

const VarianceComponent& component(const Fit& fit, const std::string& group, const std::string& a,
                                   const std::string& b) {
  for (const VarianceComponent& found : fit.variance_components)
    if (found.group == group && found.term1 == a && found.term2 == b) return found;
  throw std::runtime_error("no component " + group + " " + a + " " + b);
}

void check_boundary_optimum(const Design& design, const Fit& fit) {
  const RandomStructure structure = random_structure(design.random);
  CHECK(fit.converged);
  CHECK(fit.singular);
  CHECK(fit.largest_gradient < 1e-6);
  for (Index i = 0; i < fit.theta.size(); ++i)
    for (const double shift : {-1e-2, 1e-2}) {
      const VectorXd moved = fit.theta + shift * VectorXd::Unit(fit.theta.size(), i);
      CHECK(dense::evaluate(design, structure, moved, fit.method).criterion >= fit.criterion - 1e-9);
    }
  for (const Coefficient& row : fit.coefficients) {
    CHECK(row.df > 1);
    CHECK(std::isfinite(row.p_value));
  }
}

}  // namespace

TEST_CASE("a correlation of -1 is found and said") {
  // As in the published fit of the World Values Survey: people's slope is an exact multiple of their intercept.
  Design design;
  Fit fit;
  for (std::uint64_t seed = 30; seed < 60 && !fit.singular; ++seed) {
    design = examples::people_and_models(examples::lower({1.2, -0.15, 0.0}), examples::lower({0.5, 0.2, 0.6}), seed);
    fit = fit_mixed(design);
  }
  check_boundary_optimum(design, fit);
  CHECK(component(fit, "participant", "(Intercept)", "origin").sd_or_corr == Approx(-1.0).epsilon(1e-12));
  CHECK(fit.theta[2] == 0.0);
  REQUIRE(fit.messages.size() == 1);
  CHECK_THAT(fit.messages[0], Contains("correlation of (Intercept) and origin between levels of participant"));
  CHECK_THAT(fit.messages[0], Contains("-1.00"));
}

TEST_CASE("a variance of zero is found and said") {
  Design design;
  Fit fit;
  for (std::uint64_t seed = 70; seed < 100 && !fit.singular; ++seed) {
    design = examples::uncorrelated();
    dense::simulate_response(
        design, {examples::lower({0.9}), examples::lower({0.0}), examples::lower({0.6}), examples::lower({0.8})}, seed);
    fit = fit_mixed(design);
  }
  check_boundary_optimum(design, fit);
  CHECK(component(fit, "g", "x", "").variance == 0.0);
  CHECK_THAT(fit.messages.at(0), Contains("variance of x between levels of g is estimated as 0"));
}

TEST_CASE("no variation between levels at all") {
  Design design = examples::three_columns();
  design.random = {dense::make_term("g", design.random[0].level, {})};
  const Eigen::MatrixXd levels = dense::indicator_columns(design.random[0]);
  const VectorXd noise = examples::covariate(90, 99);
  const VectorXd means = (levels.transpose() * noise).cwiseQuotient(levels.colwise().sum().transpose());
  design.response = noise - levels * means;
  const Fit fit = fit_mixed(design);
  check_boundary_optimum(design, fit);
  CHECK(fit.theta[0] == 0.0);
  for (const RandomEffect& effect : fit.random_effects) CHECK(effect.value == 0.0);
}

TEST_CASE("models that cannot be estimated are refused with the reason") {
  Design design = examples::crossed();
  SECTION("one level") {
    for (std::int32_t& level : design.random[0].level) level = 0;
    design.random[0].levels = {"h0"};
    CHECK_THROWS_WITH(fit_mixed(design), Contains("h") && Contains("one level"));
  }
  SECTION("as many effects as observations") {
    std::vector<std::int32_t> own(90);
    for (std::size_t r = 0; r < own.size(); ++r) own[r] = static_cast<std::int32_t>(r);
    design.random.push_back(dense::make_term("row", own, {}));
    CHECK_THROWS_WITH(fit_mixed(design), Contains("row") && Contains("90"));
  }
  SECTION("a weight of zero") {
    design.weights = VectorXd::Ones(90);
    design.weights[3] = 0;
    CHECK_THROWS_WITH(fit_mixed(design), Contains("prior weights"));
  }
  SECTION("no noise") {
    design.response = design.x * VectorXd::Ones(3);
    CHECK_THROWS_WITH(fit_mixed(design), Contains("residual variation"));
  }
  SECTION("a column twice") {
    design.x.col(2) = design.x.col(1);
    CHECK_THROWS_WITH(fit_mixed(design), Contains("column 3"));
  }
  SECTION("a response that is not finite") {
    design.response[5] = std::nan("");
    CHECK_THROWS_WITH(fit_mixed(design), Contains("response"));
  }
  SECTION("statistics of other cells") {
    CHECK_THROWS_AS(fit_mixed(design, "g", {{0, 90}}, {ClassMoments(89)}), meridian::InputError);
  }
  SECTION("no random effects") {
    design.random.clear();
    CHECK_THROWS_WITH(fit_mixed(design), Contains("linear model"));
  }
}

TEST_CASE("two terms for the same variation are called not identified") {
  Design design = examples::crossed();
  const std::vector<std::int32_t> g = design.random[1].level;
  design.random = {dense::make_term("g", g, {}), dense::make_term("g", g, {})};
  const Fit fit = fit_mixed(design);
  REQUIRE_FALSE(fit.messages.empty());
  CHECK_THAT(fit.messages.back(), Contains("not identified") || Contains("singular"));
}
