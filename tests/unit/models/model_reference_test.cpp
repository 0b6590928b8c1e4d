// Fits that lme4 and lmerTest made (tests/oracle/make_model_reference.R), from formula and table to degrees of freedom.
// lme4 stops within about 1e-5 of its optimum, so estimates are compared in units of their standard errors.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "models/formula.hpp"
#include "models/mixed_model.hpp"
#include "support/stored_tables.hpp"

namespace {

using namespace meridian::models;
using meridian::tables::CsvReader;

const std::string folder = "tests/oracle/data/models/";

struct Reference {
  std::string formula, weights;
  std::map<std::pair<std::string, std::string>, double> values;  ///< (what, term)
};

/// By model and method.
std::map<std::pair<std::string, std::string>, Reference> references() {
  CsvReader reader(folder + "fits.csv");
  std::map<std::pair<std::string, std::string>, Reference> all;
  while (reader.next()) {
    Reference& one = all[{std::string(reader.text(0)), std::string(reader.text(3))}];
    one.formula = reader.text(1);
    one.weights = reader.text(2);
    one.values[{std::string(reader.text(4)), std::string(reader.text(5))}] = reader.number(6);
  }
  return all;
}

void check_reference(const Frame& frame, const std::string& method, const Reference& reference) {
  DesignOptions coding;
  coding.weights = reference.weights;
  FitOptions options;
  options.method = method == "REML" ? Method::reml : Method::ml;
  options.effects_of_pooled = true;
  const Fit fit = fit_mixed(build_design(parse_formula(reference.formula), frame, coding), options);
  const auto expected = [&](const std::string& what, const std::string& term) {
    return reference.values.at({what, term});
  };
  CHECK(fit.converged);
  CHECK(fit.criterion <= expected("criterion", "") + 1e-6);
  CHECK(fit.criterion == Approx(expected("criterion", "")).margin(2e-6));
  CHECK(fit.sigma == Approx(expected("sigma", "")).epsilon(1e-4));
  for (const Coefficient& row : fit.coefficients) {
    INFO(row.term);
    CHECK(row.estimate == Approx(expected("estimate", row.term)).margin(1e-4 * row.std_error));
    CHECK(row.std_error == Approx(expected("std_error", row.term)).epsilon(2e-4));
    CHECK(row.df == Approx(expected("df", row.term)).epsilon(2e-3));
  }
  for (std::size_t i = 0; i < fit.theta_names.size(); ++i) {
    INFO(fit.theta_names[i]);
    CHECK(fit.theta[static_cast<Eigen::Index>(i)] == Approx(expected("theta", fit.theta_names[i])).margin(1e-3));
  }
  for (const RandomEffect& effect : fit.random_effects) {
    const std::string key = effect.group + "|" + effect.level + "|" + effect.term;
    INFO(key);
    CHECK(effect.value == Approx(expected("effect", key)).margin(1e-3 * fit.sigma));
    CHECK(effect.conditional_sd == Approx(expected("conditional_sd", key)).margin(1e-3 * fit.sigma));
  }
}

}  // namespace

TEST_CASE("fits equal those of lme4 and lmerTest") {
  const Frame frame = meridian::tests::read_frame(folder + "data.csv");
  for (const auto& [key, reference] : references()) {
    INFO(key.first << " " << key.second);
    check_reference(frame, key.second, reference);
  }
}
