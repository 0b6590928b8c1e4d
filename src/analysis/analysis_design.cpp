#include "analysis/analysis_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "error.hpp"

namespace meridian::analysis {
namespace {

[[noreturn]] void refuse(const AnalysisJob& job, const std::string& found, const std::string& expected) {
  throw InputError("[" + job.name + "] formula", found + " in '" + job.formula + "'", expected,
                   "Mend the formula, or use meridian fit on a long table of your own.");
}

bool names_participant(const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), "participant") != names.end();
}

/// What the rows of an analysis have (person_class.cpp).
const std::set<std::string> kVariables{"nation", "origin", "language", "persona", "llm", "removed", "participant"};

}  // namespace

void check_formula(const AnalysisJob& job) {
  const models::Formula formula = models::parse_formula(job.formula);
  const FitQuestions& asked = job.questions;
  if (formula.random.empty() && (asked.intervals != IntervalKind::none || asked.random_tests || !asked.means.empty()))
    throw InputError("[" + job.name + "] intervals, tests of random terms and means",
                     "no random terms in '" + job.formula + "'", "a mixed model", "Leave them out.");
  const bool cosine = formula.response && formula.response->kind == models::Expression::Kind::name &&
                      formula.response->text == "cosine";
  if (!cosine)
    refuse(job, formula.response ? "the response " + models::deparse(*formula.response) : "no response",
           "cosine ~ ...");
  if (names_participant(formula.fixed.names)) refuse(job, "participant as a fixed effect", "(... | participant)");
  for (const std::string& column : models::columns_in(formula))
    if (kVariables.count(column) == 0)
      refuse(job, "the variable '" + column + "'", fmt::format("one of {}", fmt::join(kVariables, ", ")));
  for (const models::RandomPart& part : formula.random) {
    const bool within = part.factors.size() > 1 && part.group.find("participant") != std::string::npos;
    if (within || names_participant(part.columns.names)) refuse(job, "'" + part.group + "'", "(... | participant)");
  }
}

AnalysisDesign make_analysis_design(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                                    const Moments& moments) {
  AnalysisDesign analysis;
  check_formula(job);
  analysis.formula = models::parse_formula(job.formula);
  std::vector<double> counts;
  for (const auto& [key, moment] : moments) {
    analysis.classes.push_back(key);
    counts.push_back(moment.count);
    analysis.moments.push_back(present_rows(layout, key, moment));
  }
  analysis.table = make_class_table(panel, layout, analysis.classes, counts);
  analysis.options.response_required = false;
  analysis.options.multiplicity = analysis.table.multiplicity;
  analysis.design = models::build_design(analysis.formula, analysis.table.frame, analysis.options);
  for (std::size_t k = 0; k < analysis.classes.size(); ++k)
    analysis.blocks.push_back(
        {static_cast<Eigen::Index>(analysis.table.first_row[k]), static_cast<Eigen::Index>(analysis.table.rows[k])});
  return analysis;
}

}  // namespace meridian::analysis
