// The logistic mixed model of the refusals' lower bounds (../shared/oracle/refusals): Laplace against an independent
// optimum, quadrature against glmer.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "models/formula.hpp"
#include "models/generalized.hpp"
#include "tables/csv.hpp"

namespace {

using namespace meridian::models;
using meridian::tables::CsvReader;

const std::string folder = "../shared/oracle/refusals/";
const char* const formula =
    "refused ~ origin_c*lang_c + origin_c*american_persona + origin_c*chinese_persona + (1 | LLM)";

Frame cells(const std::string& survey) {
  CsvReader csv(folder + survey + "_cell_counts_bound.csv");
  const auto text = [&](const char* name) { return std::string(csv.text(csv.column(name))); };
  std::vector<std::string> llm;
  std::map<std::string, std::vector<double>> numbers;
  while (csv.next()) {
    llm.push_back(text("LLM"));
    numbers["refused"].push_back(std::stod(text("refused_lower_bound")));
    numbers["trials"].push_back(20);
    numbers["origin_c"].push_back(text("origin") == "China" ? 0.5 : -0.5);
    numbers["lang_c"].push_back(text("language") == "Chinese" ? 0.5 : -0.5);
    numbers["american_persona"].push_back(text("persona") == "USA" ? 1 : 0);
    numbers["chinese_persona"].push_back(text("persona") == "China" ? 1 : 0);
  }
  Frame frame;
  frame.add_labels("LLM", llm);
  for (auto& [name, values] : numbers) frame.add_numeric(name, values);
  return frame;
}

GeneralizedFit fit(const std::string& survey, int nodes) {
  DesignOptions coding;
  coding.weights = "trials";
  GeneralizedOptions options;
  options.nodes = nodes;
  return fit_generalized(build_design(parse_formula(formula), cells(survey), coding), options);
}

/// Rows of `table` by term, those of `nodes` where it has a column nAGQ.
std::map<std::string, std::vector<double>> rows_of(const std::string& table, const std::vector<std::string>& columns,
                                                   const std::string& nodes = "") {
  CsvReader csv(folder + table);
  std::map<std::string, std::vector<double>> rows;
  while (csv.next()) {
    if (!nodes.empty() && csv.text(csv.column("nAGQ")) != nodes) continue;
    std::vector<double>& row = rows[std::string(csv.text(csv.column("term")))];
    for (const std::string& column : columns) row.push_back(std::stod(std::string(csv.text(csv.column(column)))));
  }
  return rows;
}

}  // namespace

TEST_CASE("refusals: Laplace reaches the independent optimum") {
  for (const std::string survey : {"mfq", "wvs"}) {
    const GeneralizedFit found = fit(survey, 1);
    const auto expected = rows_of(survey + "_laplace_optimum.csv", {"estimate", "se_joint_hessian", "minus2loglik"});
    CHECK(found.fit.converged);
    std::size_t compared = 0;
    for (const Coefficient& row : found.fit.coefficients) {
      const auto at = expected.find(row.term);
      INFO(survey << " " << row.term);
      REQUIRE(at != expected.end());
      ++compared;
      CHECK(row.estimate == Approx(at->second[0]).margin(1e-6 * at->second[1]));
      CHECK(row.std_error == Approx(at->second[1]).epsilon(2e-6));
      CHECK(found.fit.criterion == Approx(at->second[2]).margin(1e-7));
    }
    CHECK(compared == 8);
  }
}

TEST_CASE("refusals: quadrature agrees with glmer's 25 nodes") {
  for (const std::string survey : {"mfq", "wvs"}) {
    const auto expected = rows_of(survey + "_glmer_fixed.csv", {"estimate", "se"}, "25");
    for (const Coefficient& row : fit(survey, 25).fit.coefficients) {
      INFO(survey << " " << row.term);
      const auto& at = expected.at(row.term);
      CHECK(row.estimate == Approx(at[0]).margin(0.004 * at[1]));
      CHECK(row.std_error == Approx(at[1]).epsilon(0.02));
    }
  }
}
