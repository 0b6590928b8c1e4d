// The map against R's prcomp, the family tests against R's t.test and wilcox.test and the printed ones.
#include <catch2/catch.hpp>
#include <cmath>

#include "opinions/family_comparison.hpp"
#include "opinions/variation_map.hpp"
#include "unit/opinions/reference.hpp"

using namespace meridian::opinions;
using meridian::inference::moments;

TEST_CASE("the plane is that of prcomp, its signs fixed") {
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::MatrixXd rows = Eigen::Map<const Rows>(reference::rows.data(), 6, 4);
  const PrincipalPlane plane = principal_plane(rows);
  for (Eigen::Index i = 0; i < 6; ++i)
    for (Eigen::Index k = 0; k < 2; ++k)
      CHECK(plane.points(i, k) == Approx(reference::points[static_cast<std::size_t>(2 * i + k)]).margin(1e-12));
  CHECK(plane.explained[0] == Approx(reference::explained[0]));
  CHECK(plane.explained[1] == Approx(reference::explained[1]));
}

TEST_CASE("points on a line have one component, equal points none") {
  Eigen::MatrixXd line(3, 2);
  line << 0, 0, 1, -2, 2, -4;
  const PrincipalPlane plane = principal_plane(line);
  CHECK(plane.explained[0] == Approx(1));
  CHECK(plane.loadings(1, 0) > 0);
  CHECK(plane.points.col(1).norm() == Approx(0).margin(1e-12));
  CHECK(std::isnan(principal_plane(Eigen::MatrixXd::Ones(3, 2)).explained[0]));
  CHECK(principal_plane(Eigen::MatrixXd::Ones(1, 1)).points(0, 0) == 0);
}

TEST_CASE("pooled and paired tests are R's") {
  const PooledT pooled = pooled_t(moments(reference::first), moments(reference::second));
  CHECK(pooled.statistic == Approx(reference::pooled[0]).epsilon(1e-12));
  CHECK(pooled.df == reference::pooled[1]);
  CHECK(pooled.p_value == Approx(reference::pooled[2]).epsilon(1e-10));
  CHECK(pooled.std_error == Approx(reference::pooled[3]).epsilon(1e-12));
  const PairedTests paired = paired_tests(reference::first, reference::second);
  CHECK(paired.statistic == Approx(reference::paired[0]).epsilon(1e-12));
  CHECK(paired.df == reference::paired[1]);
  CHECK(paired.p_value == Approx(reference::paired[2]).epsilon(1e-10));
  CHECK(paired.wilcoxon.v == reference::wilcoxon[0]);
  CHECK(paired.wilcoxon.p_exact == Approx(reference::wilcoxon[1]).epsilon(1e-10));
}

// Table 1 of arXiv 2511.17256 prints 3.01 (p .0041) and 2.77 (p .0079) with standard errors of the means .096, .065 and
// .142, .064, each of 27 values: what its rounding leaves of them is this.
TEST_CASE("the printed t tests of two families come from 27 values each") {
  const auto printed = [](double mean, double error) {
    return meridian::inference::Moments{27, mean, error * error * 27};
  };
  const PooledT us = pooled_t(printed(1.28, .096), printed(.93, .065)),
                cn = pooled_t(printed(.43, .142), printed(0, .064));
  CHECK(us.df == 52);
  CHECK(us.statistic == Approx(3.01).margin(.02));
  CHECK(us.p_value == Approx(.0041).margin(.0003));
  CHECK(cn.statistic == Approx(2.77).margin(.02));
  CHECK(cn.p_value == Approx(.0079).margin(.0003));
}

TEST_CASE("pairs with a missing side are left out; too few values give no test") {
  CHECK(paired_tests({1, NAN, 3}, {0, 1, 1}).pairs == 2);
  CHECK(std::isnan(pooled_t(moments({1}), moments({1, 2})).p_value));
  CHECK(std::isnan(pooled_t(moments({1, 1}), moments({1, 1})).statistic));
}
