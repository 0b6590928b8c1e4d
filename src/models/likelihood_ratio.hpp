#pragma once
// Likelihood-ratio tests of fixed terms of a mixed or generalized model: R's drop1(model, test = "Chisq").
#include <string>
#include <vector>

#include "models/formula.hpp"
#include "models/frame.hpp"
#include "models/generalized.hpp"

namespace meridian::models {

struct TermRatio {
  std::string term;
  double df = 0;                      ///< coefficients dropped
  double statistic = 0, p_value = 0;  ///< rise of -2 log likelihood, chi-squared with df
  double aic = 0;                     ///< of the model without the term
  bool converged = true;              ///< of that model
};

/// What a design was built from.
struct DesignSource {
  const Formula& formula;
  const Frame& frame;
  const DesignOptions& options;
};

/// Whether another term of the set has all variables of this one: a test of it would not respect marginality.
bool is_within_another(const TermSet& terms, std::size_t term);

/// P(chi-squared >= statistic); with df 0 all of chi-squared lies at 0.
double chi_squared_tail(double statistic, double df);

/// One test per term that no other term contains, each against a refit of the formula without it. `design` is that of
/// `source`; it and `options` are those of the call that made `full`. Empty where columns are aliased: which ones
/// depends on the terms.
std::vector<TermRatio> likelihood_ratio_tests(const DesignSource& source, const Design& design,
                                              const GeneralizedOptions& options, const GeneralizedFit& full);

/// Of a linear mixed model, from maximum-likelihood fits of both models whatever the method of the fit reported.
/// `theta`: where the searches start (original columns); empty: identity templates.
std::vector<TermRatio> likelihood_ratio_tests(const DesignSource& source, const Design& design,
                                              const Eigen::VectorXd& theta);

}  // namespace meridian::models
