#pragma once
// A generalized linear (mixed) fit as tables, fit.json and text for the terminal.
#include <string>
#include <vector>

#include "analysis/fit_tables.hpp"
#include "models/likelihood_ratio.hpp"

namespace meridian::analysis {

/// A fit and the tests of its terms.
struct GeneralizedResult {
  models::GeneralizedFit model;
  std::vector<models::TermRatio> ratios;
};

/// coefficients, fit_statistics, anova; with random terms also variance_components, fixed_correlations, random_effects.
std::vector<findings::Table> generalized_tables(const GeneralizedResult& result);
/// As mixed_fit_json, with family, link and Pearson residuals; "method": "Laplace", "AGQ 9" or "GLM".
std::string generalized_fit_json(const GeneralizedResult& result);
/// "Laplace's approximation", "adaptive Gauss-Hermite quadrature with 9 nodes", "maximum likelihood".
std::string method_words(const models::GeneralizedFit& model);

/// term, df, chi_squared, p_value, aic_without; `name` is that of the file.
findings::Table ratio_table(const std::string& name, const std::vector<models::TermRatio>& ratios);

}  // namespace meridian::analysis
