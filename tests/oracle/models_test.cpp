// Every number of the reference fits (../shared/oracle/mfq2, mfq2_restored), from the long tables.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/fit_linear.hpp"
#include "models/formula.hpp"
#include "models/mixed_model.hpp"
#include "support/mfq2_tables.hpp"

namespace {

using namespace meridian::models;
using meridian::tables::CsvReader;
using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(const std::string& file, const std::string& analysis, const std::string& method = "") {
  CsvReader csv("../shared/oracle/" + file);
  std::vector<Row> rows;
  while (csv.next()) {
    Row row;
    for (std::size_t i = 0; i < csv.header().size(); ++i) row[csv.header()[i]] = csv.text(i);
    if (row["analysis"] == analysis && (method.empty() || row["method"] == method)) rows.push_back(row);
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

double number(const Row& row, const std::string& column) { return std::stod(row.at(column)); }

/// Largest deviations seen, by quantity; printed at the end of every test case.
struct Deviations {
  std::map<std::string, double> largest;
  void relative(const std::string& quantity, double found, double expected, double tolerance, double scale = 0) {
    const double size = std::max(std::abs(expected), scale);
    const double deviation = size == 0 ? std::abs(found) : std::abs(found - expected) / size;
    note(quantity, deviation, found, expected, tolerance);
  }
  void absolute(const std::string& quantity, double found, double expected, double tolerance) {
    note(quantity, std::abs(found - expected), found, expected, tolerance);
  }
  void note(const std::string& quantity, double deviation, double found, double expected, double tolerance) {
    largest[quantity] = std::max(largest[quantity], deviation);
    INFO(quantity << ": found " << found << ", expected " << expected << ", deviation " << deviation);
    CHECK(deviation <= tolerance);
  }
  ~Deviations() {
    for (const auto& [quantity, deviation] : largest) fmt::print("  {:<24} {:.1e}\n", quantity, deviation);
  }
};

void compare_fixed(Deviations& deviations, const Fit& fit, const std::string& folder, const std::string& analysis,
                   const std::string& method) {
  const std::vector<Row> rows = rows_of(folder + "/fixed_effects.csv", analysis, method);
  REQUIRE(rows.size() == fit.coefficients.size());
  std::map<std::string, Eigen::Index> index;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Coefficient& found = fit.coefficients[i];
    CHECK(found.term == rows[i].at("term"));
    index[found.term] = static_cast<Eigen::Index>(i);
    deviations.relative("estimate", found.estimate, number(rows[i], "estimate"), 1e-6, number(rows[i], "std_error"));
    deviations.relative("std_error", found.std_error, number(rows[i], "std_error"), 1e-6);
    deviations.relative("t", found.statistic, number(rows[i], "t"), 1e-6, 1);
    deviations.relative("df", found.df, number(rows[i], "df_satterthwaite"), 3e-6);
    const double log_p = number(rows[i], "log10_p");
    if (log_p > -300)
      deviations.absolute("log10 p", std::log10(found.p_value), log_p, 1e-4);
    else
      CHECK(found.p_value < 1e-300);
  }
  for (const Row& row : rows_of(folder + "/fixed_effects_vcov.csv", analysis, method)) {
    const Eigen::Index a = index.at(row.at("term_row")), b = index.at(row.at("term_col"));
    deviations.relative("vcov (units of its SEs)", fit.vcov(a, b), number(row, "value"), 1e-6,
                        std::sqrt(fit.vcov(a, a) * fit.vcov(b, b)));
  }
}

void compare_variances(Deviations& deviations, const Fit& fit, const std::string& folder, const std::string& analysis,
                       const std::string& method) {
  const std::vector<Row> thetas = rows_of(folder + "/theta.csv", analysis, method);
  REQUIRE(thetas.size() == fit.theta_names.size());
  for (std::size_t i = 0; i < thetas.size(); ++i) {
    CHECK(fit.theta_names[i] == thetas[i].at("name"));
    deviations.absolute("theta", fit.theta[static_cast<Eigen::Index>(i)], number(thetas[i], "theta"), 1e-7);
  }
  const std::vector<Row> rows = rows_of(folder + "/variance_components.csv", analysis, method);
  REQUIRE(rows.size() == fit.variance_components.size());
  for (const Row& row : rows) {
    bool seen = false;
    for (const VarianceComponent& found : fit.variance_components) {
      if (found.group != row.at("group") || found.term1 != row.at("name1") || found.term2 != row.at("name2")) continue;
      seen = true;
      deviations.relative("variance", found.variance, number(row, "vcov"), 1e-6);
      deviations.relative("sd or correlation", found.sd_or_corr, number(row, "sdcor"), 1e-6);
    }
    CHECK(seen);
  }
}

void compare_effects(Deviations& deviations, const Fit& fit, const std::string& folder, const std::string& analysis,
                     const std::string& method) {
  std::map<std::pair<std::string, std::string>, RandomEffect> found;
  for (const RandomEffect& effect : fit.random_effects)
    if (effect.group == "LLM") found[{effect.level, effect.term}] = effect;
  const std::vector<Row> rows = rows_of(folder + "/ranef_llm.csv", analysis, method);
  REQUIRE(rows.size() == found.size());
  for (const Row& row : rows) {
    const RandomEffect& effect = found.at({row.at("llm"), row.at("term")});
    deviations.relative("model effect", effect.value, number(row, "blup"), 1e-6, effect.conditional_sd);
    deviations.relative("conditional SD", effect.conditional_sd, number(row, "cond_sd"), 1e-6);
  }
}

void compare_people(Deviations& deviations, const Fit& fit, const std::string& folder, const std::string& analysis,
                    const std::string& method) {
  std::map<std::pair<std::string, std::string>, RandomEffect> found;
  for (const RandomEffect& effect : fit.random_effects)
    if (effect.group == "participant") found[{effect.level, effect.term}] = effect;
  const auto people = meridian::tests::read_compressed_csv("../shared/oracle/" + folder + "/ranef_participant.csv.gz");
  std::size_t compared = 0;
  for (std::size_t i = 0; i < people.at("analysis").size(); ++i) {
    if (people.at("analysis")[i] != analysis || people.at("method")[i] != method) continue;
    const RandomEffect& effect = found.at({people.at("participant")[i], people.at("term")[i]});
    deviations.relative("participant effect", effect.value, std::stod(people.at("blup")[i]), 1e-6,
                        effect.conditional_sd);
    ++compared;
  }
  CHECK((compared == found.size() || compared == 0));
}

void compare_mixed(const std::string& folder, const std::string& analysis, const std::string& method,
                   const Frame& frame) {
  INFO(folder << " " << analysis << " " << method);
  const Row meta = rows_of(folder + "/models_meta.csv", analysis, method).at(0);
  DesignOptions coding;
  coding.contrasts["dimension"] = parse_contrast("treatment:none");
  const Design design = build_design(parse_formula(meta.at("formula")), frame, coding);
  FitOptions options;
  options.method = method == "REML" ? Method::reml : Method::ml;
  options.effects_of_pooled = true;
  const Fit fit = fit_mixed(design, options);
  Deviations deviations;
  fmt::print("{} {} {}: {} evaluations, largest gradient {:.1e}\n", folder, analysis, method, fit.evaluations,
             fit.largest_gradient);
  CHECK(fit.converged);
  CHECK_FALSE(fit.singular);
  CHECK(static_cast<double>(fit.nobs) == number(meta, "nobs"));
  deviations.absolute("criterion", fit.criterion, number(meta, "criterion"), 1e-6);
  deviations.absolute("log likelihood", fit.loglik, number(meta, "loglik"), 1e-6);
  deviations.relative("sigma", fit.sigma, number(meta, "sigma"), 1e-6);
  deviations.relative("pwrss", fit.pwrss, number(meta, "pwrss"), 1e-6);
  compare_fixed(deviations, fit, folder, analysis, method);
  compare_variances(deviations, fit, folder, analysis, method);
  compare_effects(deviations, fit, folder, analysis, method);
  compare_people(deviations, fit, folder, analysis, method);
}

void compare_kenward_roger(const std::string& analysis, const std::string& table) {
  const Frame frame = meridian::tests::mfq2_frame("mfq2", table);
  FitOptions options;
  options.small_sample = SmallSample::kenward_roger;
  const std::string formula = rows_of("mfq2/models_meta.csv", analysis, "REML").at(0).at("formula");
  const Fit fit = fit_mixed(build_design(parse_formula(formula), frame), options);
  Deviations deviations;
  fmt::print("mfq2 {} Kenward-Roger\n", analysis);
  std::map<std::string, Eigen::Index> index;
  for (const Coefficient& row : fit.coefficients) index.emplace(row.term, static_cast<Eigen::Index>(index.size()));
  for (const Row& row : rows_of("mfq2/kenward_roger.csv", analysis)) {
    const Coefficient& found = fit.coefficients[static_cast<std::size_t>(index.at(row.at("term")))];
    deviations.relative("std_error", found.std_error, number(row, "se_kr"), 1e-6);
    deviations.relative("t", found.statistic, number(row, "t_kr"), 1e-6, 1);
    deviations.relative("df", found.df, number(row, "df_kr"), 1e-5);
  }
  for (const Row& row : rows_of("mfq2/kenward_roger_vcov.csv", analysis)) {
    const Eigen::Index a = index.at(row.at("term_row")), b = index.at(row.at("term_col"));
    deviations.relative("vcov (units of its SEs)", fit.vcov(a, b), number(row, "value"), 1e-6,
                        std::sqrt(fit.vcov(a, a) * fit.vcov(b, b)));
  }
}

void compare_linear(const std::string& folder, const std::string& analysis, const Frame& frame) {
  const std::string formula = rows_of(folder + "/models_meta.csv", analysis, "REML").at(0).at("formula");
  DesignOptions coding;
  coding.contrasts["dimension"] = parse_contrast("treatment:none");
  const LinearFit linear = fit_linear(build_design(parse_formula(formula), frame, coding));
  const Row meta = rows_of(folder + "/lm_meta.csv", analysis).at(0);
  Deviations deviations;
  fmt::print("{} {} least squares\n", folder, analysis);
  const LinearSummary& summary = linear.summary;
  deviations.relative("residual standard error", summary.residual_standard_error, number(meta, "residual_se"), 1e-10);
  deviations.relative("residual df", summary.df_residual, number(meta, "df_residual"), 0);
  deviations.relative("residual squares", linear.fit.pwrss, number(meta, "rss"), 1e-10);
  deviations.relative("R2", summary.r_squared, number(meta, "r2"), 1e-10);
  deviations.relative("adjusted R2", summary.adjusted_r_squared, number(meta, "adj_r2"), 1e-10);
  deviations.relative("F", summary.f_statistic, number(meta, "f"), 1e-9);
  deviations.relative("F df", summary.df_model, number(meta, "df1"), 0);
  deviations.relative("log likelihood", linear.fit.loglik, number(meta, "loglik"), 1e-10);
  const std::vector<Row> rows = rows_of(folder + "/lm_coefficients.csv", analysis);
  REQUIRE(rows.size() == linear.fit.coefficients.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Coefficient& found = linear.fit.coefficients[i];
    CHECK(found.term == rows[i].at("term"));
    deviations.relative("estimate", found.estimate, number(rows[i], "estimate"), 1e-9, found.std_error);
    deviations.relative("std_error", found.std_error, number(rows[i], "se"), 1e-9);
    deviations.relative("t", found.statistic, number(rows[i], "t"), 1e-9, 1);
    const double p = number(rows[i], "p");
    if (p > 1e-290) deviations.relative("p", found.p_value, p, 1e-7);
  }
}

void compare_analysis(const std::string& folder, const std::string& analysis, const std::string& table) {
  const Frame frame = meridian::tests::mfq2_frame(folder, table);
  for (const std::string method : {"REML", "ML"}) compare_mixed(folder, analysis, method, frame);
  compare_linear(folder, analysis, frame);
}

}  // namespace

TEST_CASE("RQ1 fits equal the reference values", "[shared]") {
  compare_analysis("mfq2", "RQ1", "rq1");
  compare_analysis("mfq2_restored", "RQ1", "rq1");
}

TEST_CASE("RQ2 fits equal the reference values", "[shared]") {
  compare_analysis("mfq2", "RQ2", "rq2");
  compare_analysis("mfq2_restored", "RQ2", "rq2");
}

TEST_CASE("RQ3 fits equal the reference values", "[shared]") {
  compare_analysis("mfq2", "RQ3", "rq3");
  compare_analysis("mfq2_restored", "RQ3", "rq3");
}

TEST_CASE("Supplement 1 fits equal the reference values", "[shared]") {
  compare_analysis("mfq2", "S1", "rq2");
  compare_analysis("mfq2_restored", "S1", "rq2");
}

TEST_CASE("Supplement 2 fits equal the reference values", "[shared]") {
  compare_analysis("mfq2", "S2", "s2");
  compare_analysis("mfq2_restored", "S2", "s2");
}

TEST_CASE("Kenward-Roger tests equal the reference values", "[shared]") {
  compare_kenward_roger("RQ1", "rq1");
  compare_kenward_roger("RQ2", "rq2");
}
