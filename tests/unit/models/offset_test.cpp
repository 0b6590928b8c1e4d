// Offsets, prior weights with a family and profiles of generalized models against R
// (tests/oracle/make_offset_reference.R).
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "error.hpp"
#include "models/fit_linear.hpp"
#include "models/generalized_profile.hpp"
#include "models/mixed_model.hpp"
#include "stored_designs.hpp"

namespace {

using namespace meridian::models;

const std::string folder = "tests/oracle/data/";

struct Reference {
  std::string table, formula, family, trials, weights, factors;
  std::map<std::pair<std::string, std::string>, double> values;  ///< (what, term)

  double at(const std::string& what, const std::string& term = "") const { return values.at({what, term}); }
  Design design() const {
    const std::vector<std::string> as_factors = factors.empty() ? std::vector<std::string>{} : std::vector{factors};
    DesignOptions options;
    options.trials = trials;
    options.weights = weights;
    options.offset_in_predictor = !family.empty();
    return build_design(parse_formula(formula), stored_designs::read_frame(folder + table + ".csv", as_factors),
                        options);
  }
};

std::map<std::string, Reference> references() {
  meridian::tables::CsvReader reader(folder + "offsets/fits.csv");
  std::map<std::string, Reference> all;
  while (reader.next()) {
    Reference& one = all[std::string(reader.text(0))];
    std::string* const texts[] = {&one.table, &one.formula, &one.family, &one.trials, &one.weights, &one.factors};
    for (std::size_t c = 0; c < 6; ++c) *texts[c] = reader.text(c + 1);
    one.values[{std::string(reader.text(7)), std::string(reader.text(8))}] = reader.number(9);
  }
  return all;
}

void check_coefficients(const Fit& fit, const Reference& one) {
  for (const Coefficient& row : fit.coefficients) {
    INFO(row.term);
    const double error = one.at("std_error", row.term);
    CHECK(row.estimate == Approx(one.at("estimate", row.term)).margin(1e-6 * error));
    CHECK(row.std_error == Approx(error).epsilon(2e-6));
  }
  CHECK(fit.criterion == Approx(one.at("criterion")).epsilon(1e-9));
}

GeneralizedOptions options_of(const Reference& one) {
  GeneralizedOptions options;
  options.family = parse_family(one.family);
  return options;
}

}  // namespace

TEST_CASE("least squares with an offset and weights is R's lm") {
  const Reference one = references().at("lm");
  const LinearFit linear = fit_linear(one.design());
  check_coefficients(linear.fit, one);
  CHECK(linear.summary.r_squared == Approx(one.at("r_squared")).epsilon(1e-9));
  CHECK(linear.summary.adjusted_r_squared == Approx(one.at("adjusted_r_squared")).epsilon(1e-9));
  CHECK(linear.summary.f_statistic == Approx(one.at("f_statistic")).epsilon(1e-9));
}

TEST_CASE("a mixed model with an offset is R's lmer") {
  const Reference one = references().at("lmer");
  const Fit fit = fit_mixed(one.design());
  check_coefficients(fit, one);
  CHECK(fit.sigma == Approx(one.at("sigma")).epsilon(1e-6));
}

TEST_CASE("generalized models with offsets and weights are R's glm and glmer") {
  for (const auto& [name, one] : references()) {
    if (one.family.empty()) continue;
    INFO(name);
    const GeneralizedFit result = fit_generalized(one.design(), options_of(one));
    check_coefficients(result.fit, one);
    for (Eigen::Index i = 0; i < result.fit.theta.size(); ++i)
      CHECK(result.fit.theta[i] ==
            Approx(one.at("theta", result.fit.theta_names[static_cast<std::size_t>(i)])).margin(1e-6));
    if (result.fit.theta.size() > 0) continue;
    CHECK(result.deviance == Approx(one.at("deviance")).epsilon(1e-9));
    CHECK(result.null_deviance == Approx(one.at("null_deviance")).epsilon(1e-9));
    CHECK(result.pearson_square == Approx(one.at("pearson")).epsilon(1e-7));
    CHECK(result.statistics.aic == Approx(one.at("aic")).epsilon(1e-9));
  }
}

TEST_CASE("profiles of generalized models end where R's deviance says") {
  std::map<std::string, std::map<std::string, double>> limits;  // case; kind|term|side
  meridian::tables::CsvReader reader(folder + "offsets/limits.csv");
  while (reader.next()) {
    std::string key =
        std::string(reader.text(1)) + "|" + std::string(reader.text(2)) + "|" + std::string(reader.text(3));
    limits[std::string(reader.text(0))][key] = reader.number(4);
  }
  REQUIRE(limits.size() >= 5);
  for (const auto& [name, expected] : limits) {
    INFO(name);
    const Reference one = references().at(name);
    const Design design = one.design();
    const GeneralizedFit fit = fit_generalized(design, options_of(one));
    std::size_t compared = 0;
    for (const ParameterInterval& interval : profile_intervals(design, options_of(one), fit, 0.95)) {
      const bool fixed = interval.kind == ParameterInterval::Kind::coefficient;
      const std::string key = fixed ? "fixed effect|" + interval.term1 : "standard deviation|sd|" + interval.group;
      const double width = expected.at(key + "|high") - expected.at(key + "|low");
      INFO(key);
      CHECK(interval.low.value == Approx(expected.at(key + "|low")).margin(1e-5 * width));
      CHECK(interval.high.value == Approx(expected.at(key + "|high")).margin(1e-5 * width));
      compared += 2;
    }
    CHECK(compared == expected.size());
  }
}

TEST_CASE("a correlation of a generalized model is held on its own profile") {
  Reference one;
  one.table = "generalized/made";
  one.formula = "successes ~ x + (1 + x | person)";
  one.family = "binomial";
  one.trials = "trials";
  const Design design = one.design();
  const GeneralizedFit fit = fit_generalized(design, options_of(one));
  const auto intervals = profile_intervals(design, options_of(one), fit, 0.95);
  REQUIRE(intervals.size() == 5);  // two coefficients, two deviations, the correlation
  const ParameterInterval& r = intervals[4];
  REQUIRE(r.kind == ParameterInterval::Kind::correlation);
  CHECK(r.estimate == Approx(fit.fit.variance_components[2].sd_or_corr));
  CHECK(r.low.value < r.estimate);
  CHECK(r.high.value > r.estimate);
  // Turning the sign of the covariate turns the correlation's interval and leaves everything else.
  Design turned = design;
  turned.x.col(1) *= -1;
  turned.random[0].z.col(1) *= -1;
  const GeneralizedFit other = fit_generalized(turned, options_of(one));
  const ParameterInterval mirrored = profile_intervals(turned, options_of(one), other, 0.95)[4];
  CHECK(mirrored.low.value == Approx(-r.high.value).margin(1e-5));
  CHECK(mirrored.high.value == Approx(-r.low.value).margin(1e-5));
}

TEST_CASE("offsets and weights that make no sense are refused") {
  const auto frame = [] {
    Frame table;
    table.add_numeric("y", {1, 2, 3, 5});
    table.add_numeric("x", {1, 0, 2, 1});
    table.add_labels("g", {"a", "b", "a", "b"});
    return table;
  }();
  CHECK_THROWS_WITH(parse_formula("y ~ x * offset(x)"), Catch::Contains("an offset can only be added"));
  CHECK_THROWS_WITH(build_design(parse_formula("y ~ x + offset(g)"), frame), Catch::Contains("a factor"));
  DesignOptions rows_of_a_run;
  rows_of_a_run.response_required = false;
  CHECK_THROWS_WITH(build_design(parse_formula("cosine ~ x + offset(x)"), frame, rows_of_a_run),
                    Catch::Contains("an offset"));
  const Design twice = build_design(parse_formula("y ~ offset(x) + offset(2 * x)"), frame);
  CHECK(twice.response == Eigen::Vector4d(-2, 2, -3, 2));
  CHECK(twice.names == std::vector<std::string>{"(Intercept)"});
  DesignOptions weighted;
  weighted.weights = "x";
  CHECK_THROWS_WITH(read_responses(build_design(parse_formula("y ~ 1"), frame, weighted), Family::poisson),
                    Catch::Contains("weights, row 2") && Catch::Contains("positive"));
}
