#include "models/likelihood_ratio.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>

#include "models/mixed_model.hpp"

namespace meridian::models {

namespace {

/// Coded afresh: without an intercept, the first factor that is left takes over the columns of all its levels.
Design without_term(const DesignSource& source, std::size_t term) {
  Formula smaller = source.formula;
  smaller.fixed.terms.erase(smaller.fixed.terms.begin() + static_cast<std::ptrdiff_t>(term));
  return build_design(smaller, source.frame, source.options);
}

TermRatio ratio_test(const std::string& term, double df, double rise, double aic, bool converged) {
  const double statistic = std::max(0.0, rise);
  return {term, df, statistic, chi_squared_tail(statistic, df), aic, converged};
}

}  // namespace

bool is_within_another(const TermSet& terms, std::size_t term) {
  const std::vector<int>& small = terms.terms[term];
  for (std::size_t other = 0; other < terms.terms.size(); ++other)
    if (other != term &&
        std::includes(terms.terms[other].begin(), terms.terms[other].end(), small.begin(), small.end()))
      return true;
  return false;
}

double chi_squared_tail(double statistic, double df) {
  if (df == 0) return statistic > 0 ? 0 : 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(df), statistic));
}

std::vector<TermRatio> likelihood_ratio_tests(const DesignSource& source, const Design& design,
                                              const GeneralizedOptions& options, const GeneralizedFit& full) {
  std::vector<TermRatio> tests;
  const TermSet& fixed = source.formula.fixed;
  if (!design.aliased.empty()) return tests;
  GeneralizedOptions refit = options;
  refit.start = full.fit.theta;
  for (std::size_t term = 0; term < fixed.terms.size(); ++term) {
    if (is_within_another(fixed, term)) continue;
    const Design reduced = without_term(source, term);
    const GeneralizedFit fit = fit_generalized(reduced, refit);
    tests.push_back(ratio_test(fixed.label(term), static_cast<double>(design.x.cols() - reduced.x.cols()),
                               fit.fit.criterion - full.fit.criterion, fit.statistics.aic, fit.fit.converged));
  }
  return tests;
}

std::vector<TermRatio> likelihood_ratio_tests(const DesignSource& source, const Design& design,
                                              const Eigen::VectorXd& theta) {
  std::vector<TermRatio> tests;
  const TermSet& fixed = source.formula.fixed;
  if (!design.aliased.empty()) return tests;
  FitOptions options;
  options.method = Method::ml;
  options.start = theta;
  const Fit full = fit_mixed(design, options);
  for (std::size_t term = 0; term < fixed.terms.size(); ++term) {
    if (is_within_another(fixed, term)) continue;
    const Design reduced = without_term(source, term);
    if (reduced.x.cols() == 0) continue;  // nothing would be left to fit
    const Fit fit = fit_mixed(reduced, options);
    const auto parameters = static_cast<double>(fit.beta.size() + fit.theta.size() + 1);
    tests.push_back(ratio_test(fixed.label(term), static_cast<double>(design.x.cols() - reduced.x.cols()),
                               fit.criterion - full.criterion, fit.criterion + 2 * parameters,
                               fit.converged && full.converged));
  }
  return tests;
}

}  // namespace meridian::models
