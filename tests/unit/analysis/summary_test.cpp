// The sentences of the summary say the numbers of the fit they are made from.
#include "analysis/summary.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "error.hpp"
#include "unit/analysis/small_study.hpp"

namespace meridian::analysis {
namespace {

const models::Coefficient& coefficient(const AnalysisFits& fits, const std::string& term) {
  for (const models::Coefficient& c : fits.mixed->fit().coefficients)
    if (c.term == term) return c;
  throw Error(ExitCode::bug, "no term " + term);
}

}  // namespace

TEST_CASE("the summary of an analysis tells the effects of its models and of what is left out") {
  const SmallStudy study = make_small_study(60);
  AnalysisJob job;
  job.name = "made";
  job.title = "Made up";
  job.formula = "cosine ~ nation*origin + nation*removed + (1|llm) + (1|participant)";
  const AnalysisFits fits =
      fit_analysis(study.panel, study.layout, job, gather_block(study.panel, study.layout, study.tile));
  const std::string effects = model_effects_sentence(study.panel, study.layout, fits);
  const models::Coefficient& origin = coefficient(fits, "origin");
  CHECK(effects.find(fmt::format("origin (China less USA) {:+.3f} ({:.3f} to {:.3f}", origin.estimate, origin.conf_low,
                                 origin.conf_high)) != std::string::npos);
  CHECK(effects.find("language") == std::string::npos);  // own languages: no effect of its own

  const std::string removal = removal_sentence(fits);
  const models::Coefficient* most = nullptr;
  for (const models::Coefficient& c : fits.mixed->fit().coefficients)
    if (c.term.find("nation:removed") == 0 && (!most || std::abs(c.estimate) > std::abs(most->estimate))) most = &c;
  REQUIRE(most != nullptr);
  CHECK(removal.find(fmt::format(" Leaving out {} changes this gap most, by {:+.3f} to {:.3f}", most->term.substr(14),
                                 most->estimate, coefficient(fits, "nation").estimate + most->estimate)) == 0);
  job.formula = "cosine ~ nation + (1|llm) + (1|participant)";
  const AnalysisFits plain =
      fit_analysis(study.panel, study.layout, job, gather_block(study.panel, study.layout, study.tile));
  CHECK(removal_sentence(plain).empty());
  CHECK(model_effects_sentence(study.panel, study.layout, plain).empty());
}

}  // namespace meridian::analysis
