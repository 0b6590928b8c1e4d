#include "analysis/fit_findings.hpp"

#include <fmt/format.h>

#include "analysis/fit_figures.hpp"

namespace meridian::analysis {
namespace {

const char* verdict(const models::Fit& fit) { return fit.converged ? "Converged." : "Did not converge."; }

}  // namespace

std::string fitted_sentence(const models::Fit& mixed) {
  return fmt::format("{}: {} criterion {:.4f}, sigma {:.6g}, {} rows. {}", mixed.formula,
                     mixed.method == models::Method::ml ? "ML" : "REML", mixed.criterion, mixed.sigma, mixed.nobs,
                     verdict(mixed));
}

std::string fitted_sentence(const models::LinearFit& linear) {
  return fmt::format("{}: least squares. Residual standard error {:.6g} on {} degrees of freedom, R2 {:.4f}.",
                     linear.fit.formula, linear.summary.residual_standard_error, linear.summary.df_residual,
                     linear.summary.r_squared);
}

std::string fitted_sentence(const models::GeneralizedFit& generalized) {
  const models::Fit& fit = generalized.fit;
  return fmt::format("{}: {} with {} link, {}, -2 log likelihood {:.4f}, {} rows. {}", fit.formula,
                     models::family_name(generalized.family), models::link_name(generalized.family),
                     method_words(generalized), fit.criterion, fit.nobs, verdict(fit));
}

void add_fit(const models::Fit& fit, const std::string& name, findings::Section& section) {
  for (const std::string& message : fit.messages)
    section.notes.push_back({fit.converged && !fit.singular ? findings::Severity::info : findings::Severity::caution,
                             "fit of " + name, message, ""});
  if (auto figure = coefficients_figure({{name, &fit}})) section.figures.push_back(std::move(*figure));
  for (findings::Figure& figure : random_effects_figures(fit)) section.figures.push_back(std::move(figure));
}

findings::Section fit_section(const models::Fit& fit, const std::string& sentence,
                              std::vector<findings::Table> tables) {
  findings::Section section{"model", "The model", ".", {sentence}, {}, std::move(tables)};
  add_fit(fit, "the formula", section);
  return section;
}

}  // namespace meridian::analysis
