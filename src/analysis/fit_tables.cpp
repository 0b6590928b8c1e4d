#include "analysis/fit_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/fit_json.hpp"
#include "inference/quantiles.hpp"

namespace meridian::analysis {
namespace {

/// What fit_statistics.csv and fit.json list, in their order.
std::vector<std::pair<const char*, double>> listed(const models::Fit& fit, const models::FitStatistics& statistics) {
  std::vector<std::pair<const char*, double>> values = {{"nobs", static_cast<double>(fit.nobs)},
                                                        {"parameters", statistics.parameters},
                                                        {"aic", statistics.aic},
                                                        {"bic", statistics.bic},
                                                        {"log_likelihood", fit.loglik},
                                                        {"df_residual", statistics.df_residual}};
  if (fit.method != models::Method::lm)
    values.insert(values.end(), {{"variance_fixed", statistics.variance_fixed},
                                 {"variance_random", statistics.variance_random},
                                 {"r2_marginal", statistics.r2_marginal},
                                 {"r2_conditional", statistics.r2_conditional},
                                 {"icc", statistics.icc}});
  return values;
}

void add_statistics(const models::Fit& fit, const models::FitStatistics& statistics, nlohmann::ordered_json& json) {
  for (const auto& [name, value] : listed(fit, statistics)) json["statistics"][name] = value;
}

const char* df_words(const models::Fit& fit) {
  return fit.small_sample == models::SmallSample::kenward_roger ? "Kenward-Roger" : "Satterthwaite";
}

std::string tests_words(const models::Fit& fit) {
  const models::Method method = fit.method;
  if (method == models::Method::lm) return ". t tests with residual degrees of freedom; 95 % limits.";
  if (method == models::Method::generalized) return ". Wald z tests, on the scale of the link; 95 % limits.";
  return std::string(". ") + df_words(fit) +
         (fit.small_sample == models::SmallSample::kenward_roger ? " standard errors and" : "") +
         " degrees of freedom; 95 % limits.";
}

}  // namespace

using findings::Kind;

findings::Table coefficients_table(const models::Fit& fit) {
  findings::Table table;
  table.name = "coefficients";
  table.title = fit.method == models::Method::lm ? "Coefficients (least squares)" : "Fixed effects";
  table.caption = fit.formula + tests_words(fit);
  table.columns = {{"term", Kind::text, ""}};
  for (const char* name : {"estimate", "std_error", "df", "statistic", "p_value", "conf_low", "conf_high"})
    table.columns.push_back({name, Kind::real, ""});
  const bool normal = fit.method == models::Method::generalized;  // z has no degrees of freedom
  for (const models::Coefficient& c : fit.coefficients)
    table.add({c.term, c.estimate, c.std_error, normal ? findings::Cell{} : findings::Cell{c.df}, c.statistic,
               c.p_value, c.conf_low, c.conf_high});
  return table;
}

findings::Table variance_components_table(const models::Fit& fit) {
  findings::Table table;
  table.name = "variance_components";
  table.title = "Random effects: variances, covariances and correlations";
  table.caption =
      "Rows with one term: variance and standard deviation. Rows with two terms: covariance and correlation.";
  table.columns = {{"group", Kind::text, ""},
                   {"term1", Kind::text, ""},
                   {"term2", Kind::text, ""},
                   {"variance", Kind::real, ""},
                   {"sd_or_corr", Kind::real, ""}};
  const auto text = [](const std::string& value) { return value.empty() ? findings::Cell{} : findings::Cell{value}; };
  for (const models::VarianceComponent& c : fit.variance_components)
    table.add({c.group, text(c.term1), text(c.term2), c.variance, c.sd_or_corr});
  return table;
}

findings::Table fixed_correlations_table(const models::Fit& fit) {
  findings::Table table;
  table.name = "fixed_correlations";
  table.title = "Correlations of the fixed effects";
  table.columns = {{"term1", Kind::text, ""}, {"term2", Kind::text, ""}, {"correlation", Kind::real, ""}};
  for (Eigen::Index row = 1; row < fit.vcov.rows(); ++row)
    for (Eigen::Index column = 0; column < row; ++column)
      table.add({fit.coefficients[static_cast<std::size_t>(row)].term,
                 fit.coefficients[static_cast<std::size_t>(column)].term,
                 fit.vcov(row, column) / std::sqrt(fit.vcov(row, row) * fit.vcov(column, column))});
  return table;
}

findings::Table random_effects_table(const models::Fit& fit) {
  findings::Table table;
  table.name = "random_effects";
  table.title = "Predicted random effects";
  table.caption =
      "Conditional modes and their conditional standard deviations, given the variance parameters and fixed effects.";
  table.columns = {{"group", Kind::text, ""},
                   {"level", Kind::text, ""},
                   {"term", Kind::text, ""},
                   {"value", Kind::real, ""},
                   {"conditional_sd", Kind::real, ""}};
  for (const models::RandomEffect& e : fit.random_effects)
    table.add({e.group, e.level, e.term, e.value, e.conditional_sd});
  return table;
}

findings::Table fit_statistics_table(const models::Fit& fit, const models::FitStatistics& statistics) {
  findings::Table table;
  table.name = "fit_statistics";
  table.title = "Fit statistics";
  table.caption = fit.method == models::Method::lm
                      ? "Information criteria count the residual variance as a parameter."
                      : "R2 after Nakagawa & Schielzeth (2013), with random slopes Johnson (2014). Intraclass "
                        "correlation at the means of the random effects' columns. AIC and BIC of REML fits compare "
                        "models with the same fixed part only.";
  table.columns = {{"statistic", Kind::text, ""}, {"value", Kind::real, ""}};
  for (const auto& [name, value] : listed(fit, statistics)) table.add({std::string(name), value});
  return table;
}

findings::Table anova_table(const models::Fit& fit, const std::vector<models::TermTest>& tests) {
  findings::Table table;
  table.name = "anova";
  table.title = "Type III F tests";
  table.caption = fit.method == models::Method::lm
                      ? "Residual degrees of freedom in the denominator."
                      : std::string(df_words(fit)) + " degrees of freedom in the denominator.";
  table.columns = {{"term", Kind::text, ""}};
  for (const char* name : {"sum_sq", "mean_sq", "num_df", "den_df", "f", "p"})
    table.columns.push_back({name, Kind::real, ""});
  for (const models::TermTest& t : tests)
    table.add({t.term, t.sum_sq, t.mean_sq, t.num_df, t.den_df, t.statistic, t.p_value});
  return table;
}

FiveNumbers residual_quantiles(const Eigen::VectorXd& residuals) {
  const inference::FiveNumbers five = inference::five_numbers({residuals.begin(), residuals.end()});
  return {five.min, five.q1, five.median, five.q3, five.max};
}

std::string mixed_fit_json(const models::Fit& fit, const FiveNumbers& scaled_residuals,
                           const models::FitStatistics& statistics) {
  nlohmann::ordered_json json;
  json["formula"] = fit.formula;
  json["method"] = fit.method == models::Method::ml ? "ML" : "REML";
  json["degrees_of_freedom"] = df_words(fit);
  add_size(fit, json);
  json["sigma"] = fit.sigma;
  json["pwrss"] = fit.pwrss;
  add_search(fit, json);
  json["scaled_residuals"] = five_numbers_json(scaled_residuals);
  add_statistics(fit, statistics, json);
  return json.dump(2) + "\n";
}

std::string linear_fit_json(const models::LinearFit& linear, const FiveNumbers& residuals,
                            const models::FitStatistics& statistics) {
  const models::LinearSummary& summary = linear.summary;
  nlohmann::ordered_json json;
  json["formula"] = linear.fit.formula;
  json["method"] = "LM";
  json["nobs"] = linear.fit.nobs;
  json["residual_se"] = summary.residual_standard_error;
  json["df_residual"] = summary.df_residual;
  json["r_squared"] = summary.r_squared;
  json["adj_r_squared"] = summary.adjusted_r_squared;
  json["f_statistic"] = summary.f_statistic;
  json["f_df1"] = summary.df_model;
  json["f_df2"] = summary.df_residual;
  json["f_p_value"] = summary.f_p_value;
  json["loglik"] = linear.fit.loglik;
  json["aliased"] = linear.fit.aliased;
  json["residuals"] = five_numbers_json(residuals);
  add_statistics(linear.fit, statistics, json);
  return json.dump(2) + "\n";
}

std::vector<findings::Table> mixed_tables(const models::Fit& fit, const models::FitStatistics& statistics,
                                          const std::vector<models::TermTest>& tests) {
  return {coefficients_table(fit),   variance_components_table(fit),        fixed_correlations_table(fit),
          random_effects_table(fit), fit_statistics_table(fit, statistics), anova_table(fit, tests)};
}

}  // namespace meridian::analysis
