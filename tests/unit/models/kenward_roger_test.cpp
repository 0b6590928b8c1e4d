// Kenward-Roger against the n x n matrices written down, and against R's pbkrtest and lmerTest
// (tests/oracle/make_small_sample_reference.R).
#include "models/kenward_roger.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>
#include <map>

#include "error.hpp"
#include "example_designs.hpp"
#include "models/formula.hpp"
#include "models/mixed_model.hpp"
#include "models/term_tests.hpp"
#include "stored_designs.hpp"

namespace {

using namespace meridian::models;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Z E Z' of every variance and covariance, then the residual's.
std::vector<MatrixXd> derivatives(const Design& design, const RandomStructure& structure) {
  std::vector<MatrixXd> all;
  for (const TermBlock& block : structure.terms) {
    const RandomTerm& term = design.random[block.term];
    const MatrixXd z = dense::indicator_columns(term);
    for (Index column = 0; column < block.width; ++column)
      for (Index row = column; row < block.width; ++row) {
        MatrixXd pattern = MatrixXd::Zero(block.width, block.width);
        pattern(row, column) = pattern(column, row) = 1;
        all.push_back(z * dense::block_diagonal(pattern, term.levels.size()) * z.transpose());
      }
  }
  MatrixXd residual = MatrixXd::Identity(design.x.rows(), design.x.rows());
  if (design.weights.size() > 0) residual.diagonal() = design.weights.cwiseInverse();
  all.push_back(residual);
  return all;
}

/// Kenward & Roger (1997), eq. 3: Phi + 2 Phi (sum W_ij (Q_ij - P_i Phi P_j)) Phi.
MatrixXd dense_adjusted(const Design& design, const Fit& fit) {
  const RandomStructure structure = random_structure(design.random);
  const dense::Model twin = dense::evaluate(design, structure, fit.theta, Method::reml);
  const MatrixXd inverse = twin.inverse / twin.sigma2(), phi = twin.sigma2() * twin.relative;
  const MatrixXd projection = inverse - inverse * design.x * phi * design.x.transpose() * inverse;
  const std::vector<MatrixXd> g = derivatives(design, structure);
  const auto size = static_cast<Index>(g.size());
  MatrixXd information(size, size);
  for (Index i = 0; i < size; ++i)
    for (Index j = 0; j < size; ++j)
      information(i, j) = (projection * g[static_cast<std::size_t>(i)])
                              .cwiseProduct((projection * g[static_cast<std::size_t>(j)]).transpose())
                              .sum();
  const MatrixXd w = 2 * information.inverse();
  MatrixXd sum = MatrixXd::Zero(phi.rows(), phi.cols());
  const MatrixXd half = inverse * design.x;
  for (Index i = 0; i < size; ++i)
    for (Index j = 0; j < size; ++j) {
      const MatrixXd &gi = g[static_cast<std::size_t>(i)], &gj = g[static_cast<std::size_t>(j)];
      const MatrixXd q = half.transpose() * gi * inverse * gj * half;
      sum += w(i, j) * (q - half.transpose() * gi * half * phi * half.transpose() * gj * half);
    }
  return phi + 2 * phi * sum * phi;
}

void check_adjusted(const Design& design) {
  FitOptions options;
  options.small_sample = SmallSample::kenward_roger;
  const Fit fit = fit_mixed(design, options);
  const MatrixXd expected = dense_adjusted(design, fit);
  CHECK((fit.vcov - expected).norm() < 1e-9 * expected.norm());
}

struct Reference {
  std::map<std::pair<std::string, std::string>, double> values;  ///< (what, term)
};

std::map<std::pair<std::string, std::string>, Reference> references() {
  meridian::tables::CsvReader reader("tests/oracle/data/small_sample/kenward_roger.csv");
  std::map<std::pair<std::string, std::string>, Reference> all;
  while (reader.next())
    all[{std::string(reader.text(0)), std::string(reader.text(1))}]
        .values[{std::string(reader.text(2)), std::string(reader.text(3))}] = reader.number(4);
  return all;
}

}  // namespace

TEST_CASE("the adjusted covariance is that of the dense formula") {
  SECTION("two crossed factors with slopes, people in classes") {
    check_adjusted(
        examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 10, 18, 11));
  }
  SECTION("made-up data: weights, slopes, nesting") {
    const Frame frame = stored_designs::read_frame("tests/oracle/data/models/data.csv");
    DesignOptions coding;
    check_adjusted(build_design(parse_formula("y ~ x + (1 + x | item) + (1 | school / person)"), frame, coding));
    coding.weights = "weight";
    check_adjusted(build_design(parse_formula("y ~ x + w + (1 + x || person) + (1 | item)"), frame, coding));
  }
}

TEST_CASE("Kenward-Roger tests equal those of pbkrtest") {
  for (const auto& [key, reference] : references()) {
    INFO(key.first << " " << key.second);
    const Frame frame = stored_designs::read_frame("tests/oracle/data/" + key.first + ".csv");
    const Formula formula = parse_formula(key.second);
    const Design design = build_design(formula, frame);
    FitOptions options;
    options.small_sample = SmallSample::kenward_roger;
    const MixedModel model = estimate_mixed(design, options);
    for (const Coefficient& row : model.fit().coefficients) {
      INFO(row.term);
      CHECK(row.std_error == Approx(reference.values.at({"std_error", row.term})).epsilon(1e-5));
      CHECK(row.df == Approx(reference.values.at({"df", row.term})).epsilon(1e-4));
    }
    for (const TermTest& test :
         term_tests(type3_contrasts(design, formula, frame), model.fit(), *model.kenward_roger())) {
      INFO(test.term);
      CHECK(test.statistic == Approx(reference.values.at({"f", test.term})).epsilon(1e-5));
      CHECK(test.den_df == Approx(reference.values.at({"den_df", test.term})).epsilon(1e-4));
      CHECK(test.mean_sq == Approx(reference.values.at({"mean_sq", test.term})).epsilon(1e-5));
    }
  }
}

TEST_CASE("Kenward-Roger needs REML") {
  FitOptions options;
  options.method = Method::ml;
  options.small_sample = SmallSample::kenward_roger;
  const Design design =
      examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 10);
  CHECK_THROWS_AS(fit_mixed(design, options), meridian::InputError);
}
