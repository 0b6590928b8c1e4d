#pragma once
// A fit as text for the terminal, in the order in which R's summary() of an lmer or lm fit gives it.
#include <string>
#include <vector>

#include "analysis/fit_tables.hpp"
#include "analysis/generalized_tables.hpp"
#include "models/fit_linear.hpp"
#include "models/fit_statistics.hpp"
#include "models/term_tests.hpp"

namespace meridian::analysis {

/// Criterion, scaled residuals, random effects, numbers of rows and levels, fixed effects, tests of terms, messages.
std::string mixed_fit_text(const models::Fit& fit, const FiveNumbers& scaled_residuals,
                           const models::FitStatistics& statistics, const std::vector<models::TermTest>& tests);

/// Residuals, coefficients, residual standard error, R2, the F test of the whole model, tests of terms.
std::string linear_fit_text(const models::LinearFit& fit, const FiveNumbers& residuals,
                            const models::FitStatistics& statistics, const std::vector<models::TermTest>& tests);

/// Family, criterion, random effects, fixed effects with z, likelihood-ratio tests, deviance, R2, messages.
std::string generalized_fit_text(const GeneralizedResult& result);

/// Likelihood-ratio tests as a block of their own; empty without any.
std::string ratios_text(const std::vector<models::TermRatio>& ratios);

/// A table with its title, columns aligned and numbers to five digits.
std::string table_text(const findings::Table& table);

}  // namespace meridian::analysis
