// Tests of random terms against lmerTest's ranova (tests/oracle/make_interval_reference.R).
#include "models/random_tests.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>
#include <cmath>

#include "stored_designs.hpp"

using namespace meridian::models;
using stored_designs::read_columns;
using stored_designs::read_frame;

namespace {

std::vector<RandomTest> tests_of(const Frame& frame, const std::string& text, Method method) {
  const Formula formula = parse_formula(text);
  const Design design = build_design(formula, frame);
  const CriterionFit fit = long_table_criterion(method);
  return random_tests({formula, frame, {}}, design, fit(design), fit);
}

double upper_tail(double statistic, double df) {
  if (df == 0) return statistic > 0 ? 0 : 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(df), statistic));
}

}  // namespace

TEST_CASE("random terms are dropped one by one as ranova drops them") {
  const auto stored = read_columns("tests/oracle/data/intervals/random_tests.csv");
  const auto cell = [&](std::size_t column, std::size_t row) { return stored[column].second[row]; };
  const std::size_t rows = stored[0].second.size();
  REQUIRE(rows >= 12);
  for (std::size_t row = 0; row < rows;) {
    INFO(cell(0, row) << ": " << cell(1, row));
    const Frame frame = read_frame("tests/oracle/data/" + cell(0, row) + ".csv");
    const auto tests = tests_of(frame, cell(1, row), cell(2, row) == "ML" ? Method::ml : Method::reml);
    for (const RandomTest& test : tests) {
      INFO(test.term << " against " << cell(3, row));
      REQUIRE(row < rows);
      CHECK(test.converged);
      CHECK(test.parameters == std::stod(cell(4, row)));
      CHECK(test.loglik == Approx(std::stod(cell(5, row))).epsilon(1e-9));
      CHECK(test.df == std::stod(cell(6, row)));
      CHECK(test.statistic == Approx(std::stod(cell(7, row))).margin(2e-6).epsilon(1e-7));
      CHECK(test.p_value == Approx(std::stod(cell(8, row))).epsilon(1e-5).margin(test.statistic < 1e-5 ? 2e-3 : 0));
      ++row;
    }
  }
}

TEST_CASE("random terms of a model with a family are tested as differences of glmer's likelihoods") {
  const auto stored = read_columns("tests/oracle/data/intervals/generalized_random_tests.csv");
  const auto cell = [&](std::size_t column, std::size_t row) { return stored[column].second[row]; };
  const std::size_t rows = stored[0].second.size();
  REQUIRE(rows >= 7);
  for (std::size_t row = 0; row < rows;) {
    INFO(cell(0, row) << ": " << cell(1, row));
    const std::vector<std::string> factors =
        cell(4, row).empty() ? std::vector<std::string>{} : std::vector{cell(4, row)};
    const Frame frame = read_frame("tests/oracle/data/generalized/" + cell(0, row) + ".csv", factors);
    const Formula formula = parse_formula(cell(1, row));
    DesignOptions coding;
    coding.trials = cell(3, row);
    const Design design = build_design(formula, frame, coding);
    GeneralizedOptions options;
    options.family = parse_family(cell(2, row));
    const CriterionFit fit = generalized_criterion(options);
    for (const RandomTest& test : random_tests({formula, frame, coding}, design, fit(design), fit)) {
      REQUIRE(row < rows);
      CHECK(test.term == cell(5, row));
      CHECK(test.converged);
      CHECK(test.parameters == std::stod(cell(6, row)));
      CHECK(test.loglik == Approx(std::stod(cell(7, row))).margin(2e-5));
      CHECK(test.df == std::stod(cell(8, row)));
      CHECK(test.statistic == Approx(std::stod(cell(9, row))).margin(2e-5));
      CHECK(test.mixture_p_value == Approx((upper_tail(test.statistic, test.df - 1) + test.p_value) / 2));
      ++row;
    }
  }
}

TEST_CASE("one variance on its boundary halves the weight of each chi-squared") {
  const Frame frame = read_frame("tests/oracle/data/public/sleepstudy.csv");
  const auto slope = tests_of(frame, "Reaction ~ Days + (Days | Subject)", Method::reml);
  REQUIRE(slope.size() == 1);
  CHECK(slope[0].term == "Days in (1 + Days | Subject)");
  CHECK(slope[0].mixture_p_value ==
        Approx((upper_tail(slope[0].statistic, 1) + upper_tail(slope[0].statistic, 2)) / 2));
  const auto intercept = tests_of(frame, "Reaction ~ Days + (1 | Subject)", Method::reml);
  CHECK(intercept[0].mixture_p_value == Approx(intercept[0].p_value / 2));
  const Frame cake = read_frame("tests/oracle/data/public/cake.csv", {"replicate"});
  const auto several = tests_of(cake, "angle ~ recipe + (recipe | replicate)", Method::ml);
  CHECK(several[0].df == 5);
  CHECK(std::isnan(several[0].mixture_p_value));
}

TEST_CASE("a smaller model keeps to the rows of the larger one") {
  auto columns = read_columns("tests/oracle/data/public/sleepstudy.csv");
  columns.push_back({"half", columns[2].second});
  columns.push_back({"copy", columns[1].second});
  for (std::size_t row = 0; row < columns[3].second.size(); ++row) columns[3].second[row] = row % 2 == 0 ? "x" : "y";
  columns[3].second[4] = columns[4].second[6] = "NA";
  const auto formula = GENERATE(as<std::string>{}, "Reaction ~ Days + (1 | Subject) + (1 | half)",
                                "Reaction ~ Days + (1 | Subject) + (0 + copy | Subject)");
  const auto tests = tests_of(meridian::tests::frame_of(columns), formula, Method::reml);
  for (auto& column : columns) {  // without the row that lacks a value: 6 if copy is read, else 4
    const std::ptrdiff_t row = formula.find("copy") == std::string::npos ? 4 : 6;
    column.second.erase(column.second.begin() + row);
  }
  const auto complete = tests_of(meridian::tests::frame_of(columns), formula, Method::reml);
  REQUIRE(tests.size() == 2);
  for (std::size_t test = 0; test < 2; ++test)
    CHECK(tests[test].loglik == Approx(complete[test].loglik).epsilon(1e-12));
}
