#pragma once
// The first thing a reader sees: one sentence per fitted analysis.
#include <string>

#include "analysis/layout.hpp"
#include "models/fit.hpp"

namespace meridian::analysis {

/// "RQ1: ... : the models are 0.179 less similar to people of China than to people of USA (standard error 0.015, ...)."
/// Empty when the fit has no effect named "nation" (more than two nations, or not in the formula).
std::string nation_sentence(const AnalysisJob& job, const Layout& layout, const models::Fit& fit);

}  // namespace meridian::analysis
