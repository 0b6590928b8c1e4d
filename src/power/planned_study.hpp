#pragma once
// A model to plan with: from an analysis of a run, or stated in a file.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/study.hpp"
#include "power/crossed_design.hpp"
#include "power/elicitation.hpp"

namespace meridian::power {

struct PlannedStudy {
  std::string title;
  CrossedDesign crossed;
  Truth truth;
  Elicitation elicitation;
  bool maximum_likelihood = false;
  std::vector<std::pair<std::string, std::string>> fingerprint;  ///< what decides all of this
};

/// The analysis as it was fitted. Noise of the iterations from raw trials, where the run has them. InputError for an
/// unknown analysis or one without a mixed model.
PlannedStudy planned_from(const analysis::Study& study, const std::string& analysis, int threads);

/// A stated model: INI with the sections [design] formula, nations, origins, languages, personas, people, models, ml;
/// [fixed] TERM = value; [sd] GROUP.COLUMN and residual; [correlation] GROUP.COLUMN,COLUMN; [elicitation] iterations,
/// noise_share, homogeneity, items (docs/formats.md). InputError naming file and line.
PlannedStudy stated_in(const std::filesystem::path& file, const std::vector<std::string>& overrides);

}  // namespace meridian::power
