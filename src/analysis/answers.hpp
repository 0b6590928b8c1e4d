#pragma once
// Answers to what was asked of a fit beyond its summary: intervals, tests of random terms, cell means and contrasts.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/mean_tables.hpp"
#include "findings/table.hpp"
#include "models/profile_terms.hpp"
#include "models/random_tests.hpp"

namespace meridian::analysis {

/// How a model with random terms or a family is fitted again for its profile and for tests of its random terms.
struct RefitSource {
  std::function<std::vector<models::ParameterInterval>(double level)> profile;
  models::CriterionFit criterion;
};

/// Tables "intervals", "random_tests", "cell_means" and "contrasts", as far as they were asked for. `refits` are
/// needed for profile intervals and tests of random terms.
std::vector<findings::Table> answer(const FitQuestions& questions, const FittedModel& model,
                                    const std::optional<RefitSource>& refits);

/// kind, group, term1, term2, estimate, conf_low, conf_high, at_bound: of the fixed effects only, from the t (or z)
/// distribution.
findings::Table wald_intervals_table(const models::Fit& fit, double level);
/// The same columns.
findings::Table profile_intervals_table(const std::vector<models::ParameterInterval>& intervals, double level,
                                        models::Method method);
/// term, parameters, log_likelihood, df, chi_squared, p_value, mixture_p_value.
findings::Table random_tests_table(const std::vector<models::RandomTest>& tests, models::Method method);

}  // namespace meridian::analysis
