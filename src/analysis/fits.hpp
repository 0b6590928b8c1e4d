#pragma once
// The fits of one analysis: the mixed model of its formula and least squares with the same fixed part.
#include <optional>
#include <string>
#include <vector>

#include "analysis/adequacy.hpp"
#include "analysis/moments.hpp"
#include "analysis/residuals.hpp"
#include "models/fit_linear.hpp"
#include "models/fit_statistics.hpp"
#include "models/mixed_model.hpp"
#include "models/term_tests.hpp"

namespace meridian::analysis {

struct AnalysisFits {
  std::optional<models::MixedModel> mixed;  ///< none where the formula has no random terms
  std::optional<Adequacy> adequacy;         ///< of the mixed model
  models::FitStatistics mixed_statistics, linear_statistics;
  std::vector<models::TermTest> mixed_tests;  ///< type III
  std::vector<std::string> test_notes;        ///< what the type III tests depend on
  std::vector<findings::Table> answers;       ///< to the job's questions, cell means of the terms always
  models::LinearFit linear;
  std::map<PersonClass, ResidualMap> mixed_residuals, linear_residuals;
};

/// Fits from the moments of the classes. InputError for a formula that does not fit the frame columns
/// (nation origin language persona llm removed participant).
AnalysisFits fit_analysis(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                          const Moments& moments);

}  // namespace meridian::analysis
