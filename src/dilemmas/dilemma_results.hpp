#pragma once
// Everything the layer of single dilemmas computes, before it becomes tables, figures and summary.
#include <vector>

#include "audit/layer.hpp"
#include "dilemmas/agreement.hpp"
#include "dilemmas/consequences.hpp"
#include "dilemmas/preference.hpp"
#include "inference/intervals.hpp"

namespace meridian::dilemmas {

struct DilemmaResults {
  Corpus corpus;
  Choices choices;
  std::int64_t rows = 0;  ///< of answers, used or not
  std::vector<Preference> preferences;
  std::vector<Agreement> agreements;
  std::vector<TemplateStatistics> statistics;  ///< models x scopes
  std::vector<inference::Interval> limits;     ///< of kappa, first_listed, adherence of each of them: bootstrap
  std::vector<Flips> flips;
  std::vector<FlipTest> flip_tests;
};

/// Computes all but corpus, choices and rows, which must be there. Collective.
void complete(const audit::Team& team, const audit::Settings& settings, DilemmaResults& results);

/// The figures that stand for a model, with their intervals and cautions.
std::vector<audit::SummaryEntry> summary_of(const DilemmaResults& results);

}  // namespace meridian::dilemmas
