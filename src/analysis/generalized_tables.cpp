#include "analysis/generalized_tables.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analysis/fit_json.hpp"

namespace meridian::analysis {

using findings::Kind;

namespace {

std::vector<std::pair<const char*, double>> listed(const models::GeneralizedFit& model) {
  const models::FitStatistics& s = model.statistics;
  std::vector<std::pair<const char*, double>> values = {{"nobs", static_cast<double>(model.fit.nobs)},
                                                        {"parameters", s.parameters},
                                                        {"aic", s.aic},
                                                        {"bic", s.bic},
                                                        {"log_likelihood", model.fit.loglik},
                                                        {"df_residual", s.df_residual},
                                                        {"deviance", model.deviance},
                                                        {"pearson_chi_squared", model.pearson_square},
                                                        {"overdispersion", model.overdispersion}};
  if (model.nodes == 0)
    values.emplace_back("null_deviance", model.null_deviance);
  else
    values.insert(values.end(), {{"variance_fixed", s.variance_fixed},
                                 {"variance_random", s.variance_random},
                                 {"variance_distribution", model.distribution_variance},
                                 {"r2_marginal", s.r2_marginal},
                                 {"r2_conditional", s.r2_conditional},
                                 {"icc", s.icc}});
  return values;
}

findings::Table statistics_table(const models::GeneralizedFit& model) {
  findings::Table table;
  table.name = "fit_statistics";
  table.title = "Fit statistics";
  table.caption =
      "Overdispersion: Pearson's chi-squared over the residual degrees of freedom, about 1 where the "
      "distribution holds.";
  if (model.nodes > 0)
    table.caption +=
        " Deviance and residuals at the conditional modes. R2 and intraclass correlation on the link scale "
        "after Nakagawa, Johnson & Schielzeth (2017); variance of the distribution: pi^2 / 3 (logit), "
        "log(1 + 1 / mean) (log).";
  table.columns = {{"statistic", Kind::text, ""}, {"value", Kind::real, ""}};
  for (const auto& [name, value] : listed(model)) table.add({std::string(name), value});
  return table;
}

std::string method_name(const models::GeneralizedFit& model) {
  if (model.nodes == 0) return "GLM";
  return model.nodes == 1 ? "Laplace" : fmt::format("AGQ {}", model.nodes);
}

}  // namespace

findings::Table ratio_table(const std::string& name, const std::vector<models::TermRatio>& ratios) {
  findings::Table table;
  table.name = name;
  table.title = "Likelihood-ratio tests of single terms";
  table.caption = "Each against the model without the term; terms that are part of another one are not dropped.";
  table.columns = {{"term", Kind::text, ""},
                   {"df", Kind::real, ""},
                   {"chi_squared", Kind::real, ""},
                   {"p_value", Kind::real, ""},
                   {"aic_without", Kind::real, ""}};
  for (const models::TermRatio& r : ratios) table.add({r.term, r.df, r.statistic, r.p_value, r.aic});
  return table;
}

std::string method_words(const models::GeneralizedFit& model) {
  if (model.nodes == 0) return "maximum likelihood";
  if (model.nodes == 1) return "Laplace's approximation";
  return fmt::format("adaptive Gauss-Hermite quadrature with {} nodes", model.nodes);
}

std::vector<findings::Table> generalized_tables(const GeneralizedResult& result) {
  const models::GeneralizedFit& model = result.model;
  std::vector<findings::Table> tables = {coefficients_table(model.fit)};
  if (model.nodes > 0)
    tables.insert(tables.end(), {variance_components_table(model.fit), fixed_correlations_table(model.fit),
                                 random_effects_table(model.fit)});
  tables.push_back(statistics_table(model));
  tables.push_back(ratio_table("anova", result.ratios));
  return tables;
}

std::string generalized_fit_json(const GeneralizedResult& result) {
  const models::GeneralizedFit& model = result.model;
  const models::Fit& fit = model.fit;
  nlohmann::ordered_json json;
  json["formula"] = fit.formula;
  json["method"] = method_name(model);
  json["family"] = models::family_name(model.family);
  json["link"] = models::link_name(model.family);
  add_size(fit, json);
  add_search(fit, json);
  json["pearson_residuals"] = five_numbers_json(residual_quantiles(model.pearson_residuals));
  for (const auto& [name, value] : listed(model)) json["statistics"][name] = value;
  return json.dump(2) + "\n";
}

}  // namespace meridian::analysis
