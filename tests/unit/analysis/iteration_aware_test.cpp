#include "analysis/iteration_aware.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/descriptives.hpp"
#include "analysis/moments.hpp"
#include "random/stream.hpp"
#include "unit/analysis/small_study.hpp"

namespace meridian::analysis {
namespace {

/// A model's answers with these means and standard deviation of an iteration; normal by a sum of uniforms.
std::vector<double> elicited(const std::vector<double>& means, double spread, int iterations, std::uint64_t index,
                             double& noise) {
  random::Stream stream(11, "iterations", index);
  const auto p = static_cast<double>(means.size());
  std::vector<double> vector;
  double centre = 0, variances = 0;
  for (const double mean : means) {
    double sum = 0, squares = 0;
    for (int i = 0; i < iterations; ++i) {
      double normal = -6;
      for (int k = 0; k < 12; ++k) normal += stream.uniform();
      sum += mean + spread * normal;
      squares += (mean + spread * normal) * (mean + spread * normal);
    }
    vector.push_back(sum / iterations);
    variances += (squares - sum * sum / iterations) / (iterations - 1) / iterations;
  }
  for (const double entry : vector) centre += entry / p;
  for (double& entry : vector) entry -= centre;
  noise = (1 - 1 / p) * variances;
  return vector;
}

}  // namespace

TEST_CASE("over many elicitations the corrected cosine meets the true one, the plain one falls short") {
  const std::vector<double> truth = {1, 2, 4, 3, 2, 5, 3, 1}, people = {-0.4, 0.1, 0.3, 0, -0.2, 0.5, 0.1, -0.4};
  double noise = 0, plain = 0, corrected = 0;
  const double exact = corrected_cosine(people, elicited(truth, 0, 2, 0, noise), 0).value;
  constexpr int elicitations = 4000;
  for (int i = 0; i < elicitations; ++i) {
    const std::vector<double> vector = elicited(truth, 1, 5, static_cast<std::uint64_t>(i), noise);
    plain += corrected_cosine(people, vector, 0).value / elicitations;
    corrected += corrected_cosine(people, vector, noise).value / elicitations;
  }
  CHECK(plain < 0.97 * exact);
  CHECK(corrected == Approx(exact).epsilon(0.015));
}

TEST_CASE("the gradient is that of differences, and a vector of noise has no cosine") {
  const std::vector<double> people = {0.3, -0.5, 0.2}, vector = {1, -1.5, 0.5};
  const CorrectedCosine found = corrected_cosine(people, vector, 0.7);
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> up = vector, down = vector;
    up[i] += 1e-6;
    down[i] -= 1e-6;
    const double slope = (corrected_cosine(people, up, 0.7).value - corrected_cosine(people, down, 0.7).value) / 2e-6;
    CHECK(found.gradient[i] == Approx(slope).epsilon(1e-7));
  }
  CHECK(corrected_cosine(people, vector, 3.5).gradient.empty());
  CHECK(corrected_cosine(people, vector, std::nan("")).gradient.empty());
}

TEST_CASE("rows of every nation and variant: plain means as elsewhere, undefined where trials are lacking") {
  const SmallStudy study = make_small_study(90);
  const Moments moments = gather_block(study.panel, study.layout, study.tile);
  survey::ModelAnswers answers;
  answers.languages = {"Chinese", "English"};
  answers.personas = {"none"};
  for (const survey::Model& model : study.panel.models) {
    answers.models.push_back(model);
    for (std::int32_t language = 0; language < 2; ++language)
      for (std::int32_t item = 0; item < 6; ++item) {
        const auto index = static_cast<std::int32_t>(answers.models.size() - 1);
        answers.cells.push_back({index, language, 0, item, 3, index == 0 ? 1 : 20, 0, index == 1 ? 1e6 : 0.5});
      }
  }
  const findings::Table table = iteration_aware_table(study.panel, study.layout, {{"models", answers}});
  REQUIRE(table.rows.size() == 2 * study.layout.rows());
  for (std::size_t nation = 0; nation < 2; ++nation)
    for (std::size_t row = 0; row < study.layout.rows(); ++row) {
      const auto& cells = table.rows[nation * study.layout.rows() + row];
      CHECK(std::get<double>(cells[table.column("mean")]) ==
            Approx(summarise_row(study.layout, moments, static_cast<std::int32_t>(nation), row).mean).epsilon(1e-12));
      const std::size_t model = study.layout.cells[nation][row].model;
      const std::string note = std::get<std::string>(cells[table.column("note")]);
      CHECK(note.empty() == (model > 1));
      if (model > 1) {
        CHECK(std::get<double>(cells[table.column("factor")]) > 1);
        CHECK(std::get<double>(cells[table.column("se_iterations")]) > 0);
      }
    }
}

}  // namespace meridian::analysis
