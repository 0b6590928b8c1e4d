// Models asked again: without noise nothing moves; with noise, replicates spread as the noise says and stay centred.
#include "uncertainty/iterations.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "analysis/gap.hpp"
#include "random/stream.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "unit/analysis/small_study.hpp"

using namespace meridian;
using Eigen::Index;
using uncertainty::Scheme;

namespace {

/// `trials` whole answers per cell about a level of its own, never equal over a dimension; no noise: all the same.
survey::ModelAnswers answers_with_trials(int trials, bool noise) {
  survey::ModelAnswers answers = analysis::small_answers();
  for (std::size_t c = 0; c < answers.cells.size(); ++c) {
    survey::Cell& cell = answers.cells[c];
    random::Stream stream(9, "test trials", c);
    const auto level = static_cast<std::int16_t>(2 + (cell.item + cell.model * cell.language) % 3);
    double sum = 0, squares = 0;
    for (int t = 0; t < trials; ++t) {
      cell.trials.push_back(static_cast<std::int16_t>(noise ? level - 1 + static_cast<int>(stream.below(3)) : level));
      sum += cell.trials.back();
    }
    cell.mean = sum / trials;
    for (const std::int16_t trial : cell.trials) squares += (trial - cell.mean) * (trial - cell.mean);
    cell.variance = squares / (trials - 1);
    cell.valid = trials;
  }
  return answers;
}

analysis::Study study_of(const survey::ModelAnswers& answers) {
  analysis::SmallStudy small = analysis::make_small_study(80, answers);
  small.job.analyses.front().formula = "cosine ~ nation*origin + (1|llm) + (origin+1|participant)";
  analysis::Study study;
  study.job = small.job;
  study.job.items = study.job.registry = "data/models.csv";  // inputs that the fingerprint can read
  study.models = {{"models", answers}};
  study.panel = small.panel;
  study.layouts = {small.layout};
  return study;
}

}  // namespace

TEST_CASE("drawing answers that never vary gives the full sample's class statistics") {
  const analysis::Study study = study_of(answers_with_trials(5, false));
  const auto subject = uncertainty::analysis_subject(study, "rq3", Scheme::iterations, {}, 1);
  const auto drawn = subject->iterations->draw(1, 3);
  const auto full = uncertainty::full_classes(subject->sample, subject->refitter->structure());
  REQUIRE(drawn.data.classes.size() == full.size());
  for (std::size_t k = 0; k < full.size(); ++k) {
    CHECK((drawn.data.classes[k].mean - full[k].mean).norm() < 1e-12);
    CHECK((drawn.data.classes[k].projected - full[k].projected).norm() < 1e-10);
    CHECK(drawn.data.classes[k].trace == Approx(full[k].trace).epsilon(1e-12));
  }
  for (std::size_t nation = 0; nation < 2; ++nation)
    for (std::size_t m = 0; m < 4; ++m)
      CHECK((drawn.directions[nation].col(static_cast<Index>(m)) -
             analysis::model_direction(study.panel, study.layouts.front(), nation, m))
                .norm() < 1e-12);
}

TEST_CASE("noise of the iterations moves cosines and does not shrink them") {
  const analysis::Study study = study_of(answers_with_trials(30, true));
  const auto subject = uncertainty::analysis_subject(study, "rq3", Scheme::iterations, {}, 1);
  const auto full = uncertainty::full_classes(subject->sample, subject->refitter->structure());
  double own = 0, mean = 0, squares = 0, cells = 0;
  for (const models::PooledClass& one : full) {
    own += one.mean.squaredNorm();
    cells += static_cast<double>(one.mean.size());
  }
  constexpr int kDraws = 400;
  for (int r = 0; r < kDraws; ++r) {
    const auto drawn = subject->iterations->draw(2, static_cast<std::uint64_t>(r));
    for (std::size_t k = 0; k < full.size(); ++k) {
      mean += drawn.data.classes[k].mean.dot(full[k].mean) / kDraws;
      squares += (drawn.data.classes[k].mean - full[k].mean).squaredNorm() / kDraws;
    }
  }
  CHECK(squares / cells > 1e-4);
  CHECK(mean / own == Approx(1).margin(0.02));  // without the correction 0.93
  const auto again = subject->iterations->draw(2, 7), other = subject->iterations->draw(3, 7);
  CHECK(again.data.classes[0].mean == subject->iterations->draw(2, 7).data.classes[0].mean);
  CHECK(again.data.classes[0].mean != other.data.classes[0].mean);
}

TEST_CASE("files of means are refused with the remedy") {
  const analysis::Study study = study_of(analysis::small_answers());
  CHECK_THROWS_WITH(uncertainty::analysis_subject(study, "rq3", Scheme::iterations, {}, 1),
                    Catch::Contains("holds means") && Catch::Contains("meridian import"));
}
