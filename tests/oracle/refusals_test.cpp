// Refusals of the public files (../shared/oracle/refusals): bounds cell by cell, and the logistic mixed model of the
// lower ones: Laplace against an independent optimum, quadrature against glmer.
#include "analysis/refusals.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "models/formula.hpp"
#include "models/generalized.hpp"
#include "survey/model_answers.hpp"
#include "survey/registry.hpp"
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
  coding.trials = "trials";
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

namespace {

struct PublicFile {
  std::string oracle, survey, items, file;
};

const std::vector<PublicFile> public_files = {{"mfq", "MFQ2", "mfq2.csv", "MFQ2/llm_mfq_responses.csv"},
                                              {"wvs", "WVS", "wvs.csv", "WVS/llm_wvs_responses.csv"},
                                              {"wvs_persona", "WVS", "wvs.csv", "WVS/llm_wvs_persona_responses.csv"}};

meridian::analysis::RefusalResult read_public(const PublicFile& one, const meridian::analysis::RefusalJob& job) {
  using namespace meridian::survey;
  const Instrument instrument = read_instrument("data/items/" + one.items, one.survey);
  meridian::findings::Ledger ledger;
  const ModelAnswers answers = read_model_answers("../shared/data/china_us_llm_alignment/Data/" + one.file, instrument,
                                                  read_registry("data/models.csv"), ledger);
  return meridian::analysis::analyse_refusals(job, answers, instrument);
}

}  // namespace

TEST_CASE("refusals: bounds of every cell of the public files") {
  for (const PublicFile& one : public_files) {
    CsvReader csv(folder + one.oracle + "_cell_counts_bound.csv");
    std::map<std::vector<std::string>, std::string> expected;
    while (csv.next()) {
      std::vector<std::string> key;
      for (const char* column : {"LLM", "language", "persona", "item"}) key.emplace_back(csv.text(csv.column(column)));
      expected[key] = csv.text(csv.column("refused_lower_bound"));
    }
    const auto found = read_public(one, {}).counts;
    CHECK_FALSE(found.exact);
    CHECK(found.cells.size() == expected.size());
    for (const auto& cell : found.cells) {
      INFO(one.oracle << " " << cell.llm << " " << cell.language << " " << cell.persona << " " << cell.item);
      CHECK(std::to_string(cell.fewest) == expected.at({cell.llm, cell.language, cell.persona, cell.item}));
      CHECK(cell.most >= cell.fewest);
    }
  }
}

TEST_CASE("refusals: the job's formula on the public file is the reference model") {
  meridian::analysis::RefusalJob job;
  job.formula = "refused ~ origin*language + origin*persona + (1|llm)";
  const auto result = read_public(public_files.front(), job);
  REQUIRE(result.model);
  const auto expected = rows_of("mfq_laplace_optimum.csv", {"estimate", "se_joint_hessian", "minus2loglik"});
  CHECK(result.model->model.fit.criterion == Approx(expected.at("(Intercept)")[2]).margin(1e-6));
  for (const Coefficient& row : result.model->model.fit.coefficients)
    if (row.term == "language")
      CHECK(row.estimate == Approx(expected.at("lang_c")[0]).epsilon(1e-6));
    else if (row.term == "personaUSA")
      CHECK(row.std_error == Approx(expected.at("american_persona")[1]).epsilon(1e-5));
}
