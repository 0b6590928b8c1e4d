#include "models/variance_errors.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/pooling.hpp"
#include "models/refit.hpp"
#include "random/stream.hpp"

using namespace meridian;

namespace {

constexpr int kGroups = 12, kRows = 5;

/// y = level + slope x + noise in a balanced table; x in other units by `unit`.
models::Frame table(double unit) {
  models::Frame frame;
  std::vector<double> y, x;
  std::vector<std::string> group;
  for (int g = 0; g < kGroups; ++g) {
    random::Stream stream(5, "test groups", static_cast<std::uint64_t>(g));
    const double level = stream.normal(), slope = 0.5 * stream.normal() + 0.3 * level;
    for (int r = 0; r < kRows; ++r) {
      y.push_back(level + slope * (r - 2) + 0.7 * stream.normal());
      x.push_back((r - 2) * unit);
      group.push_back("g" + std::to_string(10 + g));
    }
  }
  frame.add_numeric("y", y);
  frame.add_numeric("x", x);
  frame.add_labels("group", group);
  return frame;
}

models::Refitter refitter_of(const std::string& formula, double unit = 1) {
  const models::Design design = models::build_design(models::parse_formula(formula), table(unit));
  const models::PooledDesign pooled = models::pool_levels(design, models::random_structure(design.random));
  return models::Refitter(pooled.design, pooled.factor, pooled.classes, models::Method::reml);
}

}  // namespace

TEST_CASE("in a balanced one-way table the errors are those of the analysis of variance") {
  const models::Refitter refitter = refitter_of("y ~ 1 + (1 | group)");
  const models::Fit& fit = refitter.full();
  const double residual = fit.sigma * fit.sigma, between = kRows * fit.variance_components[0].variance + residual;
  // Searle, Casella & McCulloch (1992), Variance Components, sec. 3.5: mean squares are independent chi-squares.
  const double of_residual = 2 * residual * residual / (kGroups * (kRows - 1));
  const double of_group = (2 * between * between / (kGroups - 1) + of_residual) / (kRows * kRows);
  REQUIRE(refitter.full_variance_errors().size() == 2);
  CHECK(refitter.full_variance_errors()[0] == Approx(std::sqrt(of_group)).epsilon(1e-6));
  CHECK(refitter.full_variance_errors()[1] == Approx(std::sqrt(of_residual)).epsilon(1e-6));
}

TEST_CASE("errors follow the units of a slope; that of its correlation has none") {
  const auto plain = refitter_of("y ~ x + (x + 1 | group)").full_variance_errors();
  const auto tenfold = refitter_of("y ~ x + (x + 1 | group)", 10).full_variance_errors();
  REQUIRE(plain.size() == 4);  // intercept, x, their correlation, residual
  CHECK(tenfold[0] == Approx(plain[0]).epsilon(1e-4));
  CHECK(tenfold[1] == Approx(plain[1] / 100).epsilon(1e-4));
  CHECK(tenfold[2] == Approx(plain[2]).epsilon(1e-4));
  CHECK((plain[2] > 0.05 && plain[2] < 1));
}

TEST_CASE("a refit to the same data has the same errors") {
  const models::Design design = models::build_design(models::parse_formula("y ~ x + (x + 1 | group)"), table(1));
  const models::PooledDesign pooled = models::pool_levels(design, models::random_structure(design.random));
  const models::Refitter refitter(pooled.design, pooled.factor, pooled.classes, models::Method::reml);
  Eigen::VectorXd errors;
  refitter.refit(pooled.design, pooled.classes, &errors);
  CHECK((errors - refitter.full_variance_errors()).norm() < 1e-5 * errors.norm());
}
