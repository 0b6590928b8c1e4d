// Profile limits against roots of lme4's own deviance (tests/oracle/make_interval_reference.R).
#include "models/profile_intervals.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/pooling.hpp"
#include "stored_designs.hpp"

using namespace meridian::models;
using stored_designs::read_columns;
using stored_designs::read_frame;

namespace {

ModelData data_of(const std::string& table, const std::string& text) {
  const Frame frame = read_frame("tests/oracle/data/" + table + ".csv");
  const Design design = build_design(parse_formula(text), frame);
  const PooledDesign pooled = pool_levels(design, random_structure(design.random));
  return {pooled.design, pooled.factor, pooled.classes};
}

/// lme4's names: "sd_(Intercept)|g", "cor_x.(Intercept)|g".
std::string name_of(const ParameterInterval& interval) {
  switch (interval.kind) {
    case ParameterInterval::Kind::coefficient:
      return interval.term1;
    case ParameterInterval::Kind::deviation:
      return "sd_" + interval.term1 + "|" + interval.group;
    case ParameterInterval::Kind::correlation:
      return "cor_" + interval.term2 + "." + interval.term1 + "|" + interval.group;
    case ParameterInterval::Kind::sigma:
      return "sigma";
  }
  return "";
}

const ParameterInterval& find(const std::vector<ParameterInterval>& all, std::string name) {
  if (name.find("sigma") != std::string::npos) name = "sigma";
  for (const ParameterInterval& one : all)
    if (name_of(one) == name) return one;
  FAIL("no interval of " << name);
  return all.front();
}

}  // namespace

TEST_CASE("profile intervals end where lme4's deviance reaches the quantile") {
  const auto stored = read_columns("tests/oracle/data/intervals/intervals.csv");
  const auto cell = [&](std::size_t column, std::size_t row) { return stored[column].second[row]; };
  std::string model;
  std::vector<ParameterInterval> intervals;
  std::size_t compared = 0;
  for (std::size_t row = 0; row < stored[0].second.size(); ++row) {
    if (model != cell(0, row) + cell(1, row))
      intervals = profile_intervals(data_of(cell(0, row), cell(1, row)), std::stod(cell(2, row)));
    model = cell(0, row) + cell(1, row);
    INFO(cell(1, row) << ", " << cell(3, row));
    const ParameterInterval& found = find(intervals, cell(3, row));
    const double low = std::stod(cell(5, row)), high = std::stod(cell(6, row)), width = high - low;
    CHECK(found.estimate == Approx(std::stod(cell(4, row))).margin(2e-6 * width));
    CHECK(found.low.value == Approx(low).margin(1e-5 * width));
    CHECK(found.high.value == Approx(high).margin(1e-5 * width));
    if (found.kind == ParameterInterval::Kind::deviation) CHECK(found.low.at_bound == (low < 1e-6));
    ++compared;
  }
  CHECK(compared >= 20);
}

TEST_CASE("intervals do not depend on the order of the random columns") {
  const auto forward = profile_intervals(data_of("public/sleepstudy", "Reaction ~ Days + (1 + Days | Subject)"), 0.95);
  ModelData turned = data_of("public/sleepstudy", "Reaction ~ Days + (1 + Days | Subject)");
  turned = with_columns_in_order(turned, 0, {1, 0});
  const auto backward = profile_intervals(turned, 0.95);
  for (const ParameterInterval& one : forward) {
    if (one.kind == ParameterInterval::Kind::correlation) continue;
    const ParameterInterval& other = find(backward, name_of(one));
    INFO(name_of(one));
    CHECK(one.low.value == Approx(other.low.value).epsilon(1e-6));
    CHECK(one.high.value == Approx(other.high.value).epsilon(1e-6));
  }
}

TEST_CASE("the gradient of the deviance is that of its differences") {
  ProfileModel model(data_of("public/sleepstudy", "Reaction ~ Days + (Days | Subject)"));
  Eigen::VectorXd theta(3), gradient, other;
  theta << 0.9, 0.1, 0.6;
  const double log_sigma = 3.1, step = 1e-5;
  model.deviance(theta, log_sigma, gradient);
  REQUIRE(gradient.size() == 4);
  for (Eigen::Index i = 0; i < 4; ++i) {
    const auto at = [&](double shift) {
      Eigen::VectorXd moved = theta;
      if (i < 3) moved[i] += shift;
      return model.deviance(moved, log_sigma + (i == 3 ? shift : 0), other);
    };
    CHECK(gradient[i] == Approx((at(step) - at(-step)) / (2 * step)).epsilon(1e-5).margin(1e-4));
  }
}

TEST_CASE("a search that never reaches the height says so") {
  const auto flat = [](double) { return 0.5; };
  CHECK(std::isnan(find_limit(flat, 0, {1}, 3.84).value));
  const ProfileLimit at_bound = find_limit(flat, 0, {1, 2.5}, 3.84);
  CHECK(at_bound.at_bound);
  CHECK(at_bound.value == 2.5);
  CHECK(find_limit([](double x) { return x * x; }, 0, {-0.5}, 4).value == Approx(-2));
}
