#pragma once
// Likelihood-ratio tests of random terms: lmerTest's ranova, with the mixture of chi-squared distributions beside it.
#include <functional>
#include <string>
#include <vector>

#include "models/design.hpp"
#include "models/fit.hpp"
#include "models/likelihood_ratio.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// The formula with one random term smaller by one part, or without it.
struct RandomReduction {
  std::string term;  ///< "origin in (1 + origin | person)", "(1 | llm)"
  Formula formula;
};

/// Every part of every random term that no other part of it contains, as lmerTest's ranova takes them; an intercept
/// alone, and a single number without intercept, are dropped with their term. `design` is that of the formula.
std::vector<RandomReduction> random_reductions(const Formula& formula, const Design& design);

struct RandomTest {
  std::string term;
  double parameters = 0;  ///< of the smaller model: coefficients, variance parameters, sigma (none with a family)
  double loglik = 0;      ///< of the smaller model; restricted if the fit is by REML
  double df = 0;          ///< variance parameters dropped
  double statistic = 0, p_value = 0;
  /// From the mixture (chi-squared(df - 1) + chi-squared(df)) / 2, which the statistic follows when one variance and
  /// its covariances are zero (Self & Liang 1987, JASA 82; Stram & Lee 1994, Biometrics 50). NaN when several variances
  /// are dropped together: the weights of their mixture depend on the model.
  double mixture_p_value = 0;
  bool converged = true;
};

/// theta, beta, criterion and converged of a design by the method of a fit; random terms may be absent.
using CriterionFit = std::function<Fit(const Design&)>;

/// For a long table.
CriterionFit long_table_criterion(Method method);

/// For classes of people: `pooled` is the factor that tells them apart.
CriterionFit class_criterion(const std::string& pooled, const std::vector<ClassBlock>& blocks,
                             const std::vector<ClassMoments>& moments, Method method);

/// For a model with a family: by the approximation of `options` (with quadrature too, whose criterion has all constants
/// and so can be compared with that of a model without random terms).
CriterionFit generalized_criterion(const GeneralizedOptions& options);

/// The fixed part stays, so that REML criteria can be compared. `design` is that of `source`, and `full` what `fit`
/// makes of it. The smaller models have its rows, also where the part dropped alone lacks a value.
std::vector<RandomTest> random_tests(const DesignSource& source, const Design& design, const Fit& full,
                                     const CriterionFit& fit);

}  // namespace meridian::models
