#pragma once
// A fit as tables (columns named as R's broom) and as fit.json.
#include <string>
#include <vector>

#include "findings/table.hpp"
#include "models/fit_linear.hpp"

namespace meridian::analysis {

/// term, estimate, std_error, df, statistic, p_value, conf_low, conf_high.
findings::Table coefficients_table(const models::Fit& fit);
/// group, term1, term2, variance, sd_or_corr; Residual last.
findings::Table variance_components_table(const models::Fit& fit);
/// term1, term2, correlation: lower triangle of the correlations of the fixed effects, in the order in which R prints
/// it.
findings::Table fixed_correlations_table(const models::Fit& fit);
/// group, level, term, value, conditional_sd.
findings::Table random_effects_table(const models::Fit& fit);

/// min, q1, median, q3, max.
using FiveNumbers = std::vector<double>;

/// nobs, groups, method, criterion, loglik, sigma, theta, converged, singular, messages and the scaled residuals.
std::string mixed_fit_json(const models::Fit& fit, const FiveNumbers& scaled_residuals);

/// residual_se, df_residual, r_squared, adj_r_squared, f_statistic, f_df1, f_df2, f_p_value, loglik and the residuals.
std::string linear_fit_json(const models::LinearFit& fit, const FiveNumbers& residuals);

}  // namespace meridian::analysis
