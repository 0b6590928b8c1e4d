#pragma once
// The first thing a reader sees: what was compared, and one sentence and one row per fitted analysis.
#include <string>

#include "analysis/fits.hpp"
#include "analysis/study.hpp"
#include "findings/table.hpp"
#include "models/fit.hpp"

namespace meridian::analysis {

/// "Compared are the answers of 1032 people (517 of China, 515 of USA) and 20 language models to 36 questions: ..."
std::string study_sentence(const Study& study);

/// "RQ1: ... : the models are 0.179 less similar to people of China than to people of USA (standard error 0.015, ...)."
/// Empty when the fit has no effect named "nation" (more than two nations, or not in the formula).
std::string nation_sentence(const AnalysisJob& job, const Layout& layout, const models::Fit& fit);

/// " Over all people it changes with the models' origin (China less USA) -0.018 (-0.045 to 0.009, p = .19), language
/// ...": effects of origin, language and persona, as far as the fit has them with two levels each, and what single
/// models say of those that it is too sure of. Empty without any.
std::string model_effects_sentence(const panel::Panel& panel, const Layout& layout, const AnalysisFits& fits);

/// " Leaving out Care changes this gap most, by +0.073 to -0.106 (...)." Empty without removals in the formula.
std::string removal_sentence(const AnalysisFits& fits);

/// Table `gaps` without rows: analysis, title, compared_with (of a twin), estimate, std_error, conf_low, conf_high,
/// p_value of the effect named "nation".
findings::Table gaps_table();
/// Appends the row of one analysis; its fit must have that effect.
void add_gap(const AnalysisJob& job, const models::Fit& fit, findings::Table& table);

}  // namespace meridian::analysis
