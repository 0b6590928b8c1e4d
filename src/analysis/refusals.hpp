#pragma once
// The refusals of one job: rates, and their logistic mixed model (Table 7 of the first study).
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/generalized_tables.hpp"
#include "analysis/job.hpp"
#include "analysis/refusal_counts.hpp"
#include "findings/document.hpp"
#include "models/frame.hpp"

namespace meridian::analysis {

/// One row per cell: refused, trials; origin and language (two labels: +0.5 the first in code-point order, -0.5 the
/// other; else factors); persona, a factor against none; llm, item, dimension. Bounds enter with the fewest refusals.
models::Frame refusal_frame(const RefusalCounts& counts);

/// What one analysis of refusals found.
struct RefusalResult {
  const RefusalJob* job = nullptr;
  RefusalCounts counts;
  std::string no_counts;  ///< why nothing could be counted
  std::optional<GeneralizedResult> model;
  std::string no_model;  ///< why there is none, if a formula asked for one
};

/// InputError for a formula that cannot be read, or whose response or columns the cells do not have.
void check_formula(const RefusalJob& job);

/// `job` passed check_formula(). What the data do not allow (no refusals, separation) is a result.
RefusalResult analyse_refusals(const RefusalJob& job, const survey::ModelAnswers& answers,
                               const survey::Instrument& instrument);

/// Tables and model as sections; `twin`: the analysis named by compare_with, or null.
std::vector<findings::Section> refusal_sections(const RefusalResult& result, const RefusalResult* twin);

}  // namespace meridian::analysis
