#include "models/likelihood_ratio.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>

namespace meridian::models {

namespace {

bool is_marginal(const TermSet& fixed, std::size_t term) {
  const std::vector<int>& small = fixed.terms[term];
  for (std::size_t other = 0; other < fixed.terms.size(); ++other)
    if (other != term &&
        std::includes(fixed.terms[other].begin(), fixed.terms[other].end(), small.begin(), small.end()))
      return true;
  return false;
}

Design without_term(const Design& design, int assign) {
  Design reduced = design;
  std::vector<Eigen::Index> kept;
  reduced.names.clear();
  reduced.assign.clear();
  for (std::size_t j = 0; j < design.names.size(); ++j) {
    if (design.assign[j] == assign) continue;
    kept.push_back(static_cast<Eigen::Index>(j));
    reduced.names.push_back(design.names[j]);
    reduced.assign.push_back(design.assign[j]);
  }
  reduced.x = design.x(Eigen::all, kept);
  return reduced;
}

}  // namespace

std::vector<TermRatio> likelihood_ratio_tests(const TermSet& fixed, const Design& design,
                                              const GeneralizedOptions& options, const GeneralizedFit& full) {
  std::vector<TermRatio> tests;
  if (!design.aliased.empty()) return tests;
  GeneralizedOptions refit = options;
  refit.start = full.fit.theta;
  for (std::size_t term = 0; term < fixed.terms.size(); ++term) {
    if (is_marginal(fixed, term)) continue;
    const Design reduced = without_term(design, static_cast<int>(term) + 1);
    const GeneralizedFit fit = fit_generalized(reduced, refit);
    TermRatio test{fixed.label(term), static_cast<double>(design.x.cols() - reduced.x.cols()), 0, 1, fit.statistics.aic,
                   fit.fit.converged};
    test.statistic = std::max(0.0, fit.fit.criterion - full.fit.criterion);
    test.p_value = boost::math::cdf(boost::math::complement(boost::math::chi_squared(test.df), test.statistic));
    tests.push_back(test);
  }
  return tests;
}

}  // namespace meridian::models
