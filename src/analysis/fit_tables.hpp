#pragma once
// A fit as tables (columns named as R's broom) and as fit.json.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "findings/table.hpp"
#include "models/fit_linear.hpp"
#include "models/fit_statistics.hpp"
#include "models/term_tests.hpp"

namespace meridian::analysis {

/// term, estimate, std_error, df, statistic, p_value, conf_low, conf_high. Of a generalized model the statistic is z
/// and df is empty.
findings::Table coefficients_table(const models::Fit& fit);
/// group, term1, term2, variance, sd_or_corr; Residual last, if there is one.
findings::Table variance_components_table(const models::Fit& fit);
/// term1, term2, correlation: lower triangle of the correlations of the fixed effects, in the order in which R prints
/// it.
findings::Table fixed_correlations_table(const models::Fit& fit);
/// group, level, term, value, conditional_sd.
findings::Table random_effects_table(const models::Fit& fit);

/// statistic, value: nobs, parameters, aic, bic, log_likelihood, df_residual; of a mixed model also the variances of
/// the fixed and the random part, r2_marginal, r2_conditional, icc.
findings::Table fit_statistics_table(const models::Fit& fit, const models::FitStatistics& statistics);
/// term, sum_sq, mean_sq, num_df, den_df, f, p: type III.
findings::Table anova_table(const models::Fit& fit, const std::vector<models::TermTest>& tests);

/// All of these, as they stand in the folder of a mixed model.
std::vector<findings::Table> mixed_tables(const models::Fit& fit, const models::FitStatistics& statistics,
                                          const std::vector<models::TermTest>& tests);

/// min, q1, median, q3, max.
using FiveNumbers = std::vector<double>;
FiveNumbers residual_quantiles(const Eigen::VectorXd& residuals);

/// nobs, groups, method, criterion, loglik, sigma, theta, converged, singular, messages and the scaled residuals; and
/// what fit_statistics.csv lists under "statistics".
std::string mixed_fit_json(const models::Fit& fit, const FiveNumbers& scaled_residuals,
                           const models::FitStatistics& statistics);

/// residual_se, df_residual, r_squared, adj_r_squared, f_statistic, f_df1, f_df2, f_p_value, loglik and the residuals;
/// and "statistics", when there are any.
std::string linear_fit_json(const models::LinearFit& fit, const FiveNumbers& residuals,
                            const models::FitStatistics& statistics);

}  // namespace meridian::analysis
