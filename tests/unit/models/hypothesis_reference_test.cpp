// Type III hypotheses and cell means against lmerTest's and emmeans' (tests/oracle/make_hypothesis_reference.R).
#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "error.hpp"
#include "models/cell_means.hpp"
#include "models/type3.hpp"
#include "stored_designs.hpp"

using namespace meridian::models;
using namespace stored_designs;
using meridian::InputError;

namespace {

const std::string folder = "tests/oracle/data/hypotheses/";

/// The case's hypotheses were formed for a model with a random intercept of g, which drops no row.
struct Case {
  std::string name;
  Formula formula;
  DesignOptions options;
  Design design;
  std::vector<TextColumn> expected;
};

Case read_case(const std::string& kind, const std::string& name, const std::string& formula,
               const std::string& contrasts, const Frame& frame) {
  Case result{
      name, parse_formula(formula), options_for(contrasts), {}, read_columns(folder + kind + "-" + name + ".csv")};
  result.design = build_design(result.formula, frame, result.options);
  return result;
}

Eigen::RowVectorXd numbers_of_row(const std::vector<TextColumn>& columns, std::size_t row, std::size_t first) {
  Eigen::RowVectorXd values(static_cast<Eigen::Index>(columns.size() - first));
  for (std::size_t c = first; c < columns.size(); ++c)
    values(static_cast<Eigen::Index>(c - first)) = std::stod(columns[c].second[row]);
  return values;
}

}  // namespace

TEST_CASE("type III hypotheses equal lmerTest's") {
  const Frame frame = example_frame();
  const auto cases = read_columns(folder + "type3.csv");
  REQUIRE(cases[0].second.size() >= 12);
  for (std::size_t c = 0; c < cases[0].second.size(); ++c) {
    const Case example = read_case("type3", cases[0].second[c], cases[1].second[c], cases[2].second[c], frame);
    INFO(example.name);
    CHECK(example.design.names == names_after(example.expected, 1));
    std::size_t row = 0;
    for (const TermHypothesis& term : type3_contrasts(example.design, example.formula, frame, example.options))
      for (Eigen::Index r = 0; r < term.contrasts.rows(); ++r, ++row) {
        REQUIRE(row < example.expected[0].second.size());
        CHECK(term.term == example.expected[0].second[row]);
        INFO(term.contrasts.row(r) << " against " << numbers_of_row(example.expected, row, 1));
        // lmerTest rounds to seven digits on the way.
        CHECK((term.contrasts.row(r) - numbers_of_row(example.expected, row, 1)).cwiseAbs().maxCoeff() < 1e-6);
      }
    CHECK(row == example.expected[0].second.size());
  }
}

TEST_CASE("cell means equal emmeans'") {
  const Frame frame = example_frame();
  const auto cases = read_columns(folder + "means.csv");
  REQUIRE(cases[0].second.size() >= 8);
  for (std::size_t c = 0; c < cases[0].second.size(); ++c) {
    const Case example = read_case("means", cases[0].second[c], cases[1].second[c], cases[2].second[c], frame);
    INFO(example.name);
    const std::vector<std::string> variables = split(cases[3].second[c]);
    CHECK(example.design.names == names_after(example.expected, variables.size() + 1));
    const auto means = cell_means(example.design, example.formula, frame, example.options, variables);
    REQUIRE(means.size() == example.expected[0].second.size());
    for (std::size_t cell = 0; cell < means.size(); ++cell) {
      for (std::size_t v = 0; v < variables.size(); ++v)
        CHECK(means[cell].levels[v] == example.expected[v].second[cell]);
      CHECK(std::to_string(static_cast<int>(means[cell].estimable)) == example.expected[variables.size()].second[cell]);
      CHECK((means[cell].row - numbers_of_row(example.expected, cell, variables.size() + 1)).cwiseAbs().maxCoeff() <
            1e-13);
    }
  }
}

TEST_CASE("type III hypotheses do not depend on how factors are coded") {
  const Frame frame = example_frame();
  const Formula formula = parse_formula("y ~ a * b * c + x");
  const DesignOptions sums = options_for("a=sum;b=sum;c=sum");
  const Design treatment = build_design(formula, frame), sum = build_design(formula, frame, sums);
  const auto with_treatment = type3_contrasts(treatment, formula, frame);
  const auto with_sums = type3_contrasts(sum, formula, frame, sums);
  const Eigen::VectorXd beta = treatment.x.householderQr().solve(treatment.response);
  const Eigen::VectorXd other = sum.x.householderQr().solve(sum.response);
  for (std::size_t term = 0; term < with_treatment.size(); ++term) {
    INFO(with_treatment[term].term);
    CHECK((with_treatment[term].contrasts * beta - with_sums[term].contrasts * other).norm() < 1e-10);
  }
}

TEST_CASE("a long table gives the hypotheses of its distinct rows") {
  const Frame frame = example_frame();
  Frame longer = frame;  // rows in blocks of equal ones, so that a regular choice of rows meets few of them
  for (Variable& variable : longer.variables) {
    variable.numeric.clear();
    variable.codes.clear();
  }
  for (std::size_t v = 0; v < frame.variables.size(); ++v)
    for (std::size_t row = 0; row < frame.rows(); ++row)
      if (frame.variables[v].is_factor)
        longer.variables[v].codes.insert(longer.variables[v].codes.end(), 200, frame.variables[v].codes[row]);
      else
        longer.variables[v].numeric.insert(longer.variables[v].numeric.end(), 200, frame.variables[v].numeric[row]);
  const auto contrasts = GENERATE(as<std::string>{}, "", "b=centred;flag=centred", "a=sum");
  const auto text = GENERATE(as<std::string>{}, "y ~ a * b * flag + x * b", "y ~ a * e + z", "y ~ a + b:c + w + x");
  INFO(text << " with " << contrasts);
  const Formula formula = parse_formula(text);
  const DesignOptions options = options_for(contrasts);
  const auto brief = type3_contrasts(build_design(formula, frame, options), formula, frame, options);
  const auto full = type3_contrasts(build_design(formula, longer, options), formula, longer, options);
  for (std::size_t term = 0; term < brief.size(); ++term) {
    REQUIRE(full[term].contrasts.rows() == brief[term].contrasts.rows());
    CHECK((full[term].contrasts - brief[term].contrasts).norm() < 1e-11);
  }
}

TEST_CASE("a test that hangs on a reference level says so") {
  const Frame frame = example_frame();
  const auto notes = [&](const std::string& text) {
    const Formula formula = parse_formula(text);
    std::vector<std::string> terms;
    for (const TermHypothesis& term : type3_contrasts(build_design(formula, frame), formula, frame))
      if (!term.note.empty()) terms.push_back(term.term);
    return terms;
  };
  CHECK(notes("y ~ a * b + x * a + c").empty());
  CHECK(notes("y ~ a/b + x") == std::vector<std::string>{"a"});
  CHECK(notes("y ~ x + x:a") == std::vector<std::string>{"x"});
}

TEST_CASE("a template gives the cell means of the table it stands for") {
  const Frame frame = example_frame();
  const Formula formula = parse_formula("~ b * scale(x)");
  DesignOptions options = options_for("b=centred");
  options.response_required = false;
  std::vector<double> times;
  Frame twice;
  for (const char* name : {"b", "x"}) twice.variables.push_back(frame.find(name));
  for (std::size_t row = 0; row < frame.rows(); ++row) times.push_back(row % 3 == 0 ? 2 : 1);
  for (Variable& variable : twice.variables)
    for (std::size_t row = 0; row < frame.rows(); row += 3)
      if (variable.is_factor)
        variable.codes.push_back(variable.codes[row]);
      else
        variable.numeric.push_back(variable.numeric[row]);
  const auto full = cell_means(build_design(formula, twice, options), formula, twice, options, {"b"});
  options.multiplicity = times;
  const auto brief = cell_means(build_design(formula, frame, options), formula, frame, options, {"b"});
  for (std::size_t cell = 0; cell < 2; ++cell) CHECK((full[cell].row - brief[cell].row).norm() < 1e-14);
  CHECK(full[1].row(1) - full[0].row(1) == Approx(1));
}

TEST_CASE("differences of cell means come in emmeans' order") {
  const Frame frame = example_frame();
  const Formula formula = parse_formula("y ~ a * e");
  const Design design = build_design(formula, frame);
  const auto means = cell_means(design, formula, frame, {}, {"a"});
  const auto differences = pairwise_differences(means);
  REQUIRE(differences.size() == 3);
  CHECK(differences[0].levels.front() == "hi - lo");
  CHECK(differences[1].levels.front() == "hi - mid");
  CHECK(differences[0].estimable);
  CHECK_FALSE(differences[2].estimable);
  CHECK((differences[1].row - (means[0].row - means[2].row)).norm() == 0);
  CHECK_THROWS_AS(cell_means(design, formula, frame, {}, {"b"}), InputError);
  CHECK_THROWS_AS(cell_means(design, formula, frame, {}, {"a", "a"}), InputError);
}
