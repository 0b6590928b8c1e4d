#include "models/fit_statistics.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "example_designs.hpp"
#include "models/fit_linear.hpp"
#include "models/mixed_model.hpp"
#include "models/term_tests.hpp"

namespace {

using namespace meridian::models;
using Eigen::MatrixXd;
using Eigen::VectorXd;

const double kInfinite = std::numeric_limits<double>::infinity();

/// Henderson's equations of the fixed part: X'W (y - X b - Z u) = 0 for the right b and u only.
void check_residuals(const Design& design) {
  FitOptions options;
  options.effects_of_pooled = true;
  const VectorXd residuals = weighted_residuals(design, fit_mixed(design, options));
  const VectorXd root =
      design.weights.size() > 0 ? VectorXd(design.weights.cwiseSqrt()) : VectorXd::Ones(design.x.rows());
  const VectorXd balance = design.x.transpose() * root.asDiagonal() * residuals;
  CHECK(balance.norm() < 1e-8 * residuals.norm());
  const VectorXd plain = root.cwiseProduct(design.response - design.x * fit_mixed(design).beta);
  CHECK((design.x.transpose() * root.asDiagonal() * plain).norm() > 1e-3 * plain.norm());  // the effects do matter
}

/// A fit with coefficients (3, 8, 2) of variances 1, 4 and 1.
Fit plain_fit() {
  Fit fit;
  fit.sigma = 2;
  fit.beta = VectorXd(3);
  fit.beta << 3, 8, 2;
  fit.vcov = Eigen::Vector3d(1, 4, 1).asDiagonal();
  return fit;
}

/// Degrees of freedom 10, 4 and `third` of the three coefficients.
TermTest test_of(const MatrixXd& contrasts, double third = kInfinite) {
  const auto df = [&](const VectorXd& l) { return std::abs(l[0]) > 0.5 ? 10.0 : std::abs(l[1]) > 0.5 ? 4.0 : third; };
  const auto tests = term_tests({{"a", contrasts, ""}}, plain_fit(), df);
  REQUIRE(tests.size() == 1);
  return tests.front();
}

}  // namespace

TEST_CASE("residuals of long tables balance the fixed part") {
  check_residuals(examples::crossed());
  check_residuals(examples::weighted());
  check_residuals(examples::nested());
  check_residuals(examples::uncorrelated());
  check_residuals(examples::three_columns());
}

TEST_CASE("residuals need the effects of every factor") {
  const Design design = examples::crossed();
  CHECK_THROWS(weighted_residuals(design, fit_mixed(design)));
}

TEST_CASE("statistics of classes with multiplicities are those of all their people") {
  const Design all =
      examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 21);
  const PooledDesign pooled = pool_levels(all, random_structure(all.random));
  REQUIRE(pooled.classes.size() == 2);
  std::vector<double> multiplicity;
  for (const PooledClass& one : pooled.classes)
    multiplicity.insert(multiplicity.end(), static_cast<std::size_t>(one.block.rows), one.count);
  const Fit fit = fit_mixed(all);
  Design cells = pooled.design;
  for (RandomTerm& term : cells.random)  // as a run forms it: one person per class and no other level
    if (term.group == "participant") {
      term.levels = {"first", "second"};
      for (std::size_t row = 0; row < term.level.size(); ++row) term.level[row] = row < 8 ? 0 : 1;
    }
  const FitStatistics tall = fit_statistics(all, {}, fit), wide = fit_statistics(cells, multiplicity, fit);
  CHECK(wide.variance_fixed == Approx(tall.variance_fixed).epsilon(1e-12));
  CHECK(wide.variance_random == Approx(tall.variance_random).epsilon(1e-12));
  CHECK(wide.r2_conditional == Approx(tall.r2_conditional).epsilon(1e-12));
  CHECK(wide.icc == Approx(tall.icc).epsilon(1e-12));
  CHECK(tall.parameters == 4 + 6 + 1);
  CHECK(tall.icc < tall.r2_conditional);
}

TEST_CASE("least squares have no shares of variance, and their own degrees of freedom") {
  const Design design = examples::crossed();
  const Fit fit = fit_linear(design).fit;
  const FitStatistics statistics = fit_statistics(design, {}, fit);
  CHECK(statistics.df_residual == 87);
  CHECK(statistics.aic == Approx(-2 * fit.loglik + 8));
  CHECK(std::isnan(statistics.icc));
}

TEST_CASE("one row is the square of a t test") {
  const TermTest test = test_of(MatrixXd(Eigen::RowVector3d(0, 1, 0)));
  CHECK(test.statistic == Approx(16));
  CHECK(test.num_df == 1);
  CHECK(test.den_df == 4);
  CHECK(test.mean_sq == Approx(64));
  CHECK(test.p_value == Approx(0.016130089900092532).epsilon(1e-12));  // R: 2 * pt(-4, 4)
}

TEST_CASE("several rows combine their degrees of freedom after Fai and Cornelius") {
  MatrixXd rows = MatrixXd::Identity(2, 3);
  const TermTest test = test_of(rows);
  CHECK(test.num_df == 2);
  CHECK(test.statistic == Approx(12.5));
  CHECK(test.den_df == Approx(5.2));  // E = 10/8 + 4/2; 2E / (E - 2)
  CHECK(test.sum_sq == Approx(100));
  const TermTest mixed = test_of((MatrixXd(2, 3) << 1, 0, 0, 0, 0, 1).finished());
  CHECK(mixed.den_df == Approx(18));  // E = 10/8 + 1
  CHECK(test_of((MatrixXd(2, 3) << 1, 0, 0, 0, 0, 1).finished(), 1.5).den_df == 2);
}

TEST_CASE("repeated rows count once") {
  const TermTest test = test_of((MatrixXd(2, 3) << 0, 1, 0, 0, 1, 0).finished());
  CHECK(test.num_df == 1);
  CHECK(test.statistic == Approx(16));
}

TEST_CASE("terms without a row are left out; infinite degrees of freedom give the chi-square test") {
  CHECK(term_tests({{"a", MatrixXd(0, 3), ""}}, plain_fit(), [](const VectorXd&) { return 1.0; }).empty());
  const auto tests =
      term_tests({{"a", MatrixXd::Identity(2, 3), ""}}, plain_fit(), [](const VectorXd&) { return kInfinite; });
  CHECK(tests.front().p_value == Approx(3.726653172078671e-06).epsilon(1e-12));  // exp(-12.5)
}
