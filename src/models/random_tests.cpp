#include "models/random_tests.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "models/fit_linear.hpp"
#include "models/pooling.hpp"
#include "models/refit.hpp"

namespace meridian::models {

namespace {

std::string label(const RandomPart& part) {
  std::string text = part.columns.intercept ? "1" : "0";
  for (std::size_t term = 0; term < part.columns.terms.size(); ++term) text += " + " + part.columns.label(term);
  return fmt::format("({} | {})", text, part.group);
}

/// Its variables stay among those that must not be missing, so that both models have the same rows.
RandomReduction without_part(const Formula& formula, std::size_t part) {
  const RandomPart& dropped = formula.random[part];
  RandomReduction reduction{label(dropped), formula};
  std::vector<Expression>& used = reduction.formula.fixed.variables;
  used.insert(used.end(), dropped.columns.variables.begin(), dropped.columns.variables.end());
  used.insert(used.end(), dropped.factors.begin(), dropped.factors.end());
  reduction.formula.random.erase(reduction.formula.random.begin() + static_cast<std::ptrdiff_t>(part));
  return reduction;
}

RandomReduction without_columns(const Formula& formula, std::size_t part, std::size_t term) {
  const RandomPart& whole = formula.random[part];
  RandomReduction reduction{whole.columns.label(term) + " in " + label(whole), formula};
  TermSet& columns = reduction.formula.random[part].columns;
  columns.terms.erase(columns.terms.begin() + static_cast<std::ptrdiff_t>(term));
  if (columns.terms.empty()) columns.intercept = true;
  return reduction;
}

std::size_t columns_of(const Design& design) {
  std::size_t columns = 0;
  for (const RandomTerm& term : design.random) columns += term.columns.size();
  return columns;
}

/// Least squares with the criterion of a mixed model: R's logLik(lm, REML = TRUE).
Fit without_random_terms(Fit fit, Method method) {
  if (method != Method::reml) return fit;
  const auto n = static_cast<double>(fit.nobs), p = static_cast<double>(fit.beta.size());
  const double log_weights = n * (1 + std::log(2 * M_PI * fit.pwrss / n)) - fit.criterion;
  const double log_information = 2 * p * std::log(fit.sigma) - std::log(fit.vcov.determinant());
  fit.criterion = (n - p) * (1 + std::log(2 * M_PI * fit.pwrss / (n - p))) - log_weights;
  if (p > 0) fit.criterion += log_information;
  return fit;
}

RandomTest compare(const RandomReduction& reduction, const Design& design, const Fit& full, const Design& smaller,
                   const Fit& fit) {
  RandomTest test;
  test.term = reduction.term;
  const bool has_sigma = fit.method != Method::generalized;
  test.parameters = static_cast<double>(fit.beta.size() + fit.theta.size() + (has_sigma ? 1 : 0));
  test.loglik = -fit.criterion / 2;
  test.df = static_cast<double>(full.theta.size() - fit.theta.size());
  test.statistic = std::max(0.0, fit.criterion - full.criterion);
  test.p_value = chi_squared_tail(test.statistic, test.df);
  test.mixture_p_value = columns_of(design) - columns_of(smaller) == 1
                             ? (chi_squared_tail(test.statistic, test.df - 1) + test.p_value) / 2
                             : std::nan("");
  test.converged = full.converged && fit.converged;
  return test;
}

}  // namespace

std::vector<RandomReduction> random_reductions(const Formula& formula, const Design& design) {
  std::vector<RandomReduction> reductions;
  for (std::size_t part = 0; part < formula.random.size(); ++part) {
    const TermSet& columns = formula.random[part].columns;
    const bool single_number = !columns.intercept && design.random[part].columns.size() == 1;
    if (columns.terms.empty() || single_number) {
      reductions.push_back(without_part(formula, part));
      continue;
    }
    for (std::size_t term = 0; term < columns.terms.size(); ++term)
      if (!is_within_another(columns, term)) reductions.push_back(without_columns(formula, part, term));
  }
  return reductions;
}

CriterionFit long_table_criterion(Method method) {
  return [method](const Design& design) {
    if (design.random.empty()) return without_random_terms(fit_linear(design).fit, method);
    const PooledDesign pooled = pool_levels(design, random_structure(design.random));
    return Refitter(pooled.design, pooled.factor, pooled.classes, method).full();
  };
}

CriterionFit class_criterion(const std::string& pooled, const std::vector<ClassBlock>& blocks,
                             const std::vector<ClassMoments>& moments, Method method) {
  return [=](const Design& design) {
    if (design.random.empty()) return without_random_terms(fit_linear(design, blocks, moments).fit, method);
    const RandomStructure structure = random_structure(design.random);
    return Refitter(design, pooled, project_moments(design, structure, pooled, blocks, moments), method).full();
  };
}

CriterionFit generalized_criterion(const GeneralizedOptions& options) {
  return [options](const Design& design) { return fit_generalized(design, options).fit; };
}

std::vector<RandomTest> random_tests(const DesignSource& source, const Design& design, const Fit& full,
                                     const CriterionFit& fit) {
  std::vector<RandomTest> tests;
  for (const RandomReduction& reduction : random_reductions(source.formula, design)) {
    const Design smaller = build_design(reduction.formula, source.frame, source.options);
    tests.push_back(compare(reduction, design, full, smaller, fit(smaller)));
  }
  return tests;
}

}  // namespace meridian::models
