#include "inference/freedman_lane.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "error.hpp"
#include "inference/labelled_welch.hpp"
#include "inference/permutation.hpp"

using namespace meridian;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

const std::vector<std::uint8_t> kGroup = {1, 1, 1, 1, 0, 0, 0, 0, 0};

MatrixXd values() {
  MatrixXd y(9, 2);
  y.col(0) << 1.2, 3.4, 2.2, 5.1, 0.3, 1.9, -0.4, 0.8, 1.1;
  y.col(1) << 0.5, -1.1, 0.2, 0.9, 1.4, -0.3, 0.6, 0.1, -0.8;
  return y;
}

MatrixXd intercept_and(const std::vector<double>& covariate) {
  MatrixXd columns = MatrixXd::Ones(9, covariate.empty() ? 1 : 2);
  for (std::size_t i = 0; i < covariate.size(); ++i) columns(static_cast<Index>(i), 1) = covariate[i];
  return columns;
}

const std::vector<std::uint32_t> kIdentity = {0, 1, 2, 3, 4, 5, 6, 7, 8};

}  // namespace

TEST_CASE("without covariates the adjusted t is Welch's under every relabelling") {
  const inference::FreedmanLane lane(values(), intercept_and({}), kGroup);
  const VectorXd welch = inference::relabelled_welch_t(values(), kGroup);
  CHECK((lane.statistic(kIdentity) - welch).norm() < 1e-13);
  const std::vector<std::uint32_t> order = {4, 1, 7, 0, 8, 2, 3, 6, 5};
  MatrixXd moved(9, 2);
  for (Index i = 0; i < 9; ++i) moved.row(i) = values().row(order[static_cast<std::size_t>(i)]);
  CHECK((lane.statistic(order) - inference::relabelled_welch_t(moved, kGroup)).norm() < 1e-13);
  CHECK(lane.estimate()[0] == Approx(2.975 - 0.74));
}

TEST_CASE("the adjusted t is the regression coefficient over its HC2 error") {
  // R 4.2, base: X <- cbind(1, x, g); h <- diag(X %*% solve(crossprod(X), t(X))); e <- lm.fit(X, y)$residuals;
  // b/sqrt(diag(solve(crossprod(X)) %*% crossprod(X * (e/sqrt(1 - h))) %*% solve(crossprod(X))))[3]
  const inference::FreedmanLane lane(values(), intercept_and({2.0, 3.5, 1.0, 4.2, 0.5, 2.5, 1.5, 3.0, 2.2}), kGroup);
  CHECK(lane.estimate()[0] == Approx(1.64715374271627).epsilon(1e-12));
  CHECK(lane.statistic(kIdentity)[0] == Approx(2.426999161235468).epsilon(1e-12));
  CHECK(lane.statistic(kIdentity)[1] == Approx(0.2637883132324786).epsilon(1e-12));
  // Residuals of lm(y ~ x), moved to order 5 2 8 1 9 3 4 7 6, and the same formula.
  CHECK(lane.statistic({4, 1, 7, 0, 8, 2, 3, 6, 5})[0] == Approx(-0.6891760504366996).epsilon(1e-12));
}

TEST_CASE("covariates that leave nothing are refused") {
  CHECK_THROWS_WITH(inference::FreedmanLane(values(), intercept_and({1, 1, 1, 1, 0, 0, 0, 0, 0}), kGroup),
                    Catch::Contains("tell the two groups apart"));
  CHECK_THROWS_WITH(inference::FreedmanLane(values(), intercept_and({1, 0, 0, 0, 0, 0, 0, 0, 0}), kGroup),
                    Catch::Contains("singles out"));
}

TEST_CASE("many labellings at once give Welch's t of each") {
  MatrixXd other = values().array() + 100.0;  // what units contribute under the other label
  const inference::LabelledWelch welch(values(), other);
  const std::vector<std::vector<std::uint8_t>> labellings = {kGroup, {0, 1, 0, 1, 1, 0, 0, 1, 0}};
  const MatrixXd t = welch.statistics(labellings);
  for (std::size_t r = 0; r < labellings.size(); ++r) {
    MatrixXd taken = values();
    for (Index i = 0; i < 9; ++i)
      if (labellings[r][static_cast<std::size_t>(i)] == 0) taken.row(i) = other.row(i);
    const VectorXd twin = inference::relabelled_welch_t(taken, labellings[r]);
    CHECK((t.row(static_cast<Index>(r)).transpose() - twin).norm() < 1e-9 * twin.norm());
  }
  CHECK(welch.difference(kGroup)[0] == Approx(2.975 - 100.74));
}
