// Fits that lme4 and glm made (tests/oracle/make_generalized_reference.R, polished to lme4's true optimum), from
// formula and table to conditional modes.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "models/likelihood_ratio.hpp"
#include "stored_designs.hpp"

namespace {

using namespace meridian::models;

const std::string folder = "tests/oracle/data/generalized/";

struct Reference {
  std::string table, formula, family, trials, factors;
  int nodes = 0;
  std::map<std::pair<std::string, std::string>, double> values;  ///< (what, term)

  bool has(const std::string& what, const std::string& term = "") const { return values.count({what, term}) > 0; }
  double at(const std::string& what, const std::string& term = "") const { return values.at({what, term}); }
};

std::map<std::string, Reference> references() {
  meridian::tables::CsvReader reader(folder + "fits.csv");
  std::map<std::string, Reference> all;
  while (reader.next()) {
    Reference& one = all[std::string(reader.text(0))];
    one.table = reader.text(1);
    one.formula = reader.text(2);
    one.family = reader.text(3);
    one.trials = reader.text(4);
    one.nodes = static_cast<int>(reader.number(5));
    one.factors = reader.text(6);
    one.values[{std::string(reader.text(7)), std::string(reader.text(8))}] = reader.number(9);
  }
  return all;
}

struct Fitted {
  Formula formula;
  Frame frame;
  DesignOptions coding;
  Design design;
  GeneralizedOptions options;
  GeneralizedFit result;
};

Fitted fit_case(const Reference& one) {
  const std::vector<std::string> factors = one.factors.empty() ? std::vector<std::string>{} : std::vector{one.factors};
  Fitted fitted;
  fitted.frame = stored_designs::read_frame(folder + one.table + ".csv", factors);
  fitted.formula = parse_formula(one.formula);
  fitted.coding.trials = one.trials;
  fitted.design = build_design(fitted.formula, fitted.frame, fitted.coding);
  fitted.options.family = parse_family(one.family);
  fitted.options.nodes = std::max(1, one.nodes);
  fitted.result = fit_generalized(fitted.design, fitted.options);
  return fitted;
}

void check_fixed(const Fit& fit, const Reference& one) {
  CHECK(fit.criterion == Approx(one.at("criterion")).margin(1e-6));
  for (const Coefficient& row : fit.coefficients) {
    INFO(row.term);
    const double error = one.at("std_error", row.term);
    CHECK(row.estimate == Approx(one.at("estimate", row.term)).margin(1e-6 * error));
    CHECK(row.std_error == Approx(error).epsilon(2e-6));
    if (one.has("p", row.term)) CHECK(row.p_value == Approx(one.at("p", row.term)).epsilon(1e-6));
  }
}

void check_random(const Fit& fit, const Reference& one) {
  for (std::size_t i = 0; i < fit.theta_names.size(); ++i) {
    INFO(fit.theta_names[i]);
    CHECK(fit.theta[static_cast<Eigen::Index>(i)] == Approx(one.at("theta", fit.theta_names[i])).margin(1e-6));
  }
  std::size_t compared = 0;
  for (const RandomEffect& effect : fit.random_effects) {
    const std::string key = effect.group + "|" + effect.level + "|" + effect.term;
    if (!one.has("effect", key)) continue;
    INFO(key);
    ++compared;
    CHECK(effect.value == Approx(one.at("effect", key)).margin(2e-5));
    CHECK(effect.conditional_sd == Approx(one.at("conditional_sd", key)).margin(2e-5));
  }
  CHECK(compared >= 12);
}

}  // namespace

TEST_CASE("generalized fits equal those of glmer and glm") {
  for (const auto& [name, one] : references()) {
    INFO(name);
    const Fitted fitted = fit_case(one);
    const GeneralizedFit& result = fitted.result;
    CHECK(result.fit.converged);
    CHECK(result.fit.singular == (name == "singular"));
    check_fixed(result.fit, one);
    CHECK(result.deviance == Approx(one.at("deviance")).epsilon(1e-5));
    CHECK(result.pearson_square == Approx(one.at("pearson")).epsilon(1e-5));
    CHECK(result.statistics.df_residual == one.at("df_residual"));
    if (one.nodes > 0) check_random(result.fit, one);
    if (one.has("aic")) CHECK(result.statistics.aic == Approx(one.at("aic")).epsilon(1e-9));
    if (one.has("bic")) CHECK(result.statistics.bic == Approx(one.at("bic")).epsilon(1e-9));
    if (one.has("null_deviance")) CHECK(result.null_deviance == Approx(one.at("null_deviance")).epsilon(1e-9));
    if (!one.has("lr", "YEAR:height")) continue;
    const auto tests =
        likelihood_ratio_tests({fitted.formula, fitted.frame, fitted.coding}, fitted.design, fitted.options, result);
    REQUIRE(tests.size() == 1);
    CHECK(tests[0].term == "YEAR:height");
    CHECK(tests[0].df == 2);
    CHECK(tests[0].statistic == Approx(one.at("lr", "YEAR:height")).epsilon(1e-9));
  }
}
