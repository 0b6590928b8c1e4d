#pragma once
// One more formula on an analysis of a finished run: from the statistics that stand in its blocks, never from single
// rows. What `meridian fit --run` does.
#include <string>

#include "analysis/long_fit.hpp"
#include "analysis/study.hpp"
#include "storage/units.hpp"

namespace meridian::analysis {

struct RunFitRequest {
  std::string analysis;  ///< section name of the run's job
  std::string formula;   ///< in the frame columns nation origin language persona llm removed participant
  bool maximum_likelihood = false;
  FitQuestions questions;
};

/// InputError for an analysis that the job does not have (listing them) and for a formula that its classes cannot
/// carry.
LongFit fit_run(const Study& study, const storage::UnitStore& similarity, const RunFitRequest& request);

}  // namespace meridian::analysis
