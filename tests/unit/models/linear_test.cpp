#include <Eigen/QR>
#include <catch2/catch.hpp>

#include "example_designs.hpp"
#include "models/coefficient_table.hpp"
#include "models/fit_linear.hpp"

namespace {

using namespace meridian::models;
using Eigen::Index;
using Eigen::VectorXd;

void check_linear(const Design& design) {
  const LinearFit linear = fit_linear(design);
  const Index n = design.x.rows(), p = design.x.cols();
  const VectorXd weights = design.weights.size() > 0 ? design.weights : VectorXd::Ones(n);
  const Eigen::MatrixXd x = weights.cwiseSqrt().asDiagonal() * design.x;
  const VectorXd y = weights.cwiseSqrt().cwiseProduct(design.response);
  const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
  const VectorXd beta = inverse * x.transpose() * y;
  const double rss = (y - x * beta).squaredNorm(), df = static_cast<double>(n - p);
  const double centre = weights.dot(design.response) / weights.sum();
  const double total = weights.dot((design.response.array() - centre).square().matrix());
  CHECK((linear.fit.beta - beta).norm() < 1e-11 * beta.norm());
  CHECK((linear.fit.vcov - rss / df * inverse).norm() < 1e-11 * linear.fit.vcov.norm());
  CHECK(linear.fit.pwrss == Approx(rss).epsilon(1e-12));
  CHECK(linear.summary.df_residual == df);
  CHECK(linear.summary.r_squared == Approx(1 - rss / total).epsilon(1e-12));
  CHECK(linear.summary.f_statistic == Approx((total - rss) / (static_cast<double>(p) - 1) / (rss / df)).epsilon(1e-11));
  const double size = static_cast<double>(n);
  CHECK(linear.fit.loglik ==
        Approx(0.5 * (weights.array().log().sum() - size * (std::log(2 * M_PI) + 1 - std::log(size) + std::log(rss)))));
}

}  // namespace

TEST_CASE("least squares equal the normal equations") {
  check_linear(examples::crossed());
  check_linear(examples::weighted());
}

TEST_CASE("least squares from class statistics equal those of the rows") {
  const Design all =
      examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20);
  Design cells = all;
  cells.random.clear();
  const Index rows = 16;
  cells.x.resize(rows, 4);
  cells.x << all.x.topRows(8), all.x.bottomRows(8);
  std::vector<ClassMoments> moments{ClassMoments(8), ClassMoments(8)};
  for (Index p = 0; p < 65; ++p) moments[p < 40 ? 0 : 1].add(all.response.segment(p * 8, 8));
  const LinearFit wide = fit_linear(cells, {{0, 8}, {8, 8}}, moments), tall = fit_linear(all);
  CHECK((wide.fit.beta - tall.fit.beta).norm() < 1e-12);
  CHECK((wide.fit.vcov - tall.fit.vcov).norm() < 1e-12 * tall.fit.vcov.norm());
  CHECK(wide.fit.nobs == tall.fit.nobs);
  CHECK(wide.summary.f_statistic == Approx(tall.summary.f_statistic).epsilon(1e-12));
  CHECK(wide.summary.r_squared == Approx(tall.summary.r_squared).epsilon(1e-12));
}

TEST_CASE("p-values keep their digits however small") {
  // R 4.2: 2*pt(-40,30), 2*pt(-1e10,30), 2*pt(-2.5,7.3), qt(.975,24.839), 2*pnorm(-3)
  CHECK(t_test("", 40, 1, 30).p_value == Approx(1.372604519440636e-27).epsilon(1e-12));
  CHECK(t_test("", -1e10, 1, 30).p_value == Approx(2.072906930512357e-279).epsilon(1e-12));
  CHECK(t_test("", 2.5, 1, 7.3).p_value == Approx(3.965023466560046e-02).epsilon(1e-12));
  CHECK(t_test("", 0, 1, 24.839).conf_high == Approx(2.060215654096057).epsilon(1e-12));
  CHECK(t_test("", 3, 1, std::numeric_limits<double>::infinity()).p_value ==
        Approx(2.699796063260189e-03).epsilon(1e-12));
  CHECK(std::isnan(t_test("", 3, 0, 5).p_value));
}
