#include "analysis/fit_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::analysis {
namespace {

using Row = std::vector<std::string>;

std::string number(double value, int digits = 5) {
  return std::isnan(value) ? "" : fmt::format("{:.{}g}", value, digits);
}

/// Columns as wide as their widest cell: the first `left` ones flush left, the others flush right.
std::string aligned(const std::vector<Row>& rows, std::size_t left) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c)
      line += c < left ? fmt::format(" {:<{}}", row[c], widths[c]) : fmt::format(" {:>{}}", row[c], widths[c]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string residuals_text(const char* title, const FiveNumbers& values) {
  Row row;
  for (const double value : values) row.push_back(number(value));
  return fmt::format("\n{}:\n", title) + aligned({{"Min", "1Q", "Median", "3Q", "Max"}, row}, 0);
}

/// Correlations stand beside the second of the two columns, as lme4 prints them.
std::string correlations_of(const models::Fit& fit, const models::VarianceComponent& variance) {
  std::string text;
  for (const models::VarianceComponent& other : fit.variance_components)
    if (other.group == variance.group && !other.term2.empty() && other.term2 == variance.term1)
      text += (text.empty() ? "" : " ") + fmt::format("{:.2f}", other.sd_or_corr);
  return text;
}

std::string random_text(const models::Fit& fit) {
  std::vector<Row> rows = {{"Groups", "Name", "Variance", "Std.Dev.", "Corr"}};
  for (const models::VarianceComponent& c : fit.variance_components)
    if (c.term2.empty())
      rows.push_back({c.group, c.term1, number(c.variance), number(c.sd_or_corr), correlations_of(fit, c)});
  std::string text = "\nRandom effects:\n" + aligned(rows, 2);
  text += fmt::format("Number of obs: {}, groups:", fit.nobs);
  for (const models::GroupSize& group : fit.groups)
    text += fmt::format("{} {}, {}", &group == &fit.groups.front() ? "" : ";", group.name, group.levels);
  return text + "\n";
}

std::string coefficients_text(const char* title, const models::Fit& fit) {
  std::vector<Row> rows = {{"", "Estimate", "Std. Error", "df", "t value", "Pr(>|t|)"}};
  for (const models::Coefficient& c : fit.coefficients)
    rows.push_back({c.term, number(c.estimate, 6), number(c.std_error, 6), number(c.df), number(c.statistic, 4),
                    number(c.p_value, 3)});
  return fmt::format("\n{}:\n", title) + aligned(rows, 1);
}

std::string z_text(const models::Fit& fit) {
  std::vector<Row> rows = {{"", "Estimate", "Std. Error", "z value", "Pr(>|z|)"}};
  for (const models::Coefficient& c : fit.coefficients)
    rows.push_back(
        {c.term, number(c.estimate, 6), number(c.std_error, 6), number(c.statistic, 4), number(c.p_value, 3)});
  return "\nFixed effects:\n" + aligned(rows, 1);
}

std::string tests_text(const std::vector<models::TermTest>& tests) {
  if (tests.empty()) return "";
  std::vector<Row> rows = {{"", "Sum Sq", "Mean Sq", "NumDF", "DenDF", "F value", "Pr(>F)"}};
  for (const models::TermTest& t : tests)
    rows.push_back({t.term, number(t.sum_sq), number(t.mean_sq), number(t.num_df), number(t.den_df),
                    number(t.statistic), number(t.p_value, 3)});
  return "\nType III tests:\n" + aligned(rows, 1);
}

std::string messages_text(const models::Fit& fit) {
  std::string text;
  for (const std::string& column : fit.aliased)
    text += "dropped, a linear combination of earlier columns: " + column + "\n";
  for (const std::string& message : fit.messages) text += message + "\n";
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string table_text(const findings::Table& table) {
  Row header;
  std::size_t left = 0;
  for (const findings::Column& column : table.columns) {
    header.push_back(column.name);
    left += column.kind == findings::Kind::text && left + 1 == header.size();
  }
  std::vector<Row> rows = {header};
  for (const auto& cells : table.rows) {
    Row row;
    for (const findings::Cell& cell : cells)
      row.push_back(std::holds_alternative<double>(cell) ? number(std::get<double>(cell)) : findings::to_text(cell));
    rows.push_back(row);
  }
  return fmt::format("\n{}:\n", table.title) + aligned(rows, left);
}

std::string ratios_text(const std::vector<models::TermRatio>& ratios) {
  if (ratios.empty()) return "";
  std::vector<Row> rows = {{"", "Df", "Chisq", "Pr(>Chisq)"}};
  for (const models::TermRatio& r : ratios)
    rows.push_back({r.term, number(r.df), number(r.statistic), number(r.p_value, 3)});
  return "\nLikelihood-ratio tests of single terms:\n" + aligned(rows, 1);
}

std::string mixed_fit_text(const models::Fit& fit, const FiveNumbers& scaled_residuals,
                           const models::FitStatistics& statistics, const std::vector<models::TermTest>& tests) {
  const bool ml = fit.method == models::Method::ml;
  std::string text =
      fmt::format("Linear mixed model fit by {}; t tests with {} degrees of freedom\nFormula: {}\n\n{}: {:.4f}\n",
                  ml ? "maximum likelihood" : "REML",
                  fit.small_sample == models::SmallSample::kenward_roger ? "Kenward-Roger" : "Satterthwaite's",
                  fit.formula, ml ? "Deviance (-2 log likelihood)" : "REML criterion", fit.criterion);
  text += aligned({{"AIC", "BIC", "logLik", "df.resid"},
                   {number(statistics.aic, 7), number(statistics.bic, 7), number(fit.loglik, 7),
                    number(statistics.df_residual, 10)}},
                  0);
  text += residuals_text("Scaled residuals", scaled_residuals) + random_text(fit);
  text += coefficients_text("Fixed effects", fit) + tests_text(tests);
  text += fmt::format("\nR2 marginal {:.4f}, conditional {:.4f}; intraclass correlation {:.4f}{}\n",
                      statistics.r2_marginal, statistics.r2_conditional, statistics.icc,
                      fit.theta.size() > static_cast<Eigen::Index>(fit.groups.size())
                          ? " at the means of the random effects' columns"
                          : "");
  return text + (fit.converged ? "Converged.\n" : "Did not converge.\n") + messages_text(fit);
}

std::string linear_fit_text(const models::LinearFit& linear, const FiveNumbers& residuals,
                            const models::FitStatistics& statistics, const std::vector<models::TermTest>& tests) {
  const models::LinearSummary& summary = linear.summary;
  std::string text = fmt::format("Linear model fit by least squares\nFormula: {}\n", linear.fit.formula);
  text += residuals_text("Residuals", residuals) + coefficients_text("Coefficients", linear.fit);
  text += fmt::format("\nResidual standard error: {:.6g} on {} degrees of freedom, {} rows\n",
                      summary.residual_standard_error, summary.df_residual, linear.fit.nobs);
  text += fmt::format("R2 {:.4f}, adjusted {:.4f}; AIC {:.7g}, BIC {:.7g}\n", summary.r_squared,
                      summary.adjusted_r_squared, statistics.aic, statistics.bic);
  if (summary.df_model > 0)
    text += fmt::format("F {:.5g} on {} and {} degrees of freedom, p {:.3g}\n", summary.f_statistic, summary.df_model,
                        summary.df_residual, summary.f_p_value);
  return text + tests_text(tests) + messages_text(linear.fit);
}

std::string generalized_fit_text(const GeneralizedResult& result) {
  const models::GeneralizedFit& model = result.model;
  const models::Fit& fit = model.fit;
  std::string text = fmt::format(
      "Generalized linear {}model fit by {}: {} family, {} link; Wald z tests\nFormula: {}\n\n-2 log likelihood: "
      "{:.4f}\n",
      model.nodes > 0 ? "mixed " : "", method_words(model), models::family_name(model.family),
      models::link_name(model.family), fit.formula, fit.criterion);
  text += aligned({{"AIC", "BIC", "logLik", "deviance", "df.resid"},
                   {number(model.statistics.aic, 7), number(model.statistics.bic, 7), number(fit.loglik, 7),
                    number(model.deviance, 7), number(model.statistics.df_residual, 10)}},
                  0);
  text += residuals_text("Pearson residuals", residual_quantiles(model.pearson_residuals));
  text += model.nodes > 0 ? random_text(fit) : fmt::format("\nNumber of obs: {}\n", fit.nobs);
  text += z_text(fit) + ratios_text(result.ratios);
  if (model.nodes > 0)
    text += fmt::format("\nR2 on the link scale: marginal {:.4f}, conditional {:.4f}; intraclass correlation {:.4f}\n",
                        model.statistics.r2_marginal, model.statistics.r2_conditional, model.statistics.icc);
  else
    text += fmt::format("\nNull deviance {:.6g}\n", model.null_deviance);
  text += fmt::format("Pearson's chi-squared over residual degrees of freedom: {:.4g}\n", model.overdispersion);
  return text + (fit.converged ? "Converged.\n" : "Did not converge.\n") + messages_text(fit);
}

}  // namespace meridian::analysis
