#pragma once
// Answers to what was asked of a fit beyond its summary: intervals, tests of random terms, cell means and contrasts.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/mean_tables.hpp"
#include "findings/table.hpp"
#include "models/generalized.hpp"
#include "models/profile_intervals.hpp"
#include "models/random_tests.hpp"

namespace meridian::analysis {

/// A linear mixed model as its intervals and the tests of its random terms need it.
struct MixedSource {
  std::function<models::ModelData()> data;
  models::CriterionFit criterion;
};

/// Tables "intervals", "random_tests", "cell_means" and "contrasts", as far as they were asked for. `mixed` is needed
/// for profile intervals and tests of random terms.
std::vector<findings::Table> answer(const FitQuestions& questions, const FittedModel& model,
                                    const std::optional<MixedSource>& mixed);

/// kind, group, term1, term2, estimate, conf_low, conf_high, at_bound: of the fixed effects only, from the t (or z)
/// distribution.
findings::Table wald_intervals_table(const models::Fit& fit, double level);
/// The same columns.
findings::Table profile_intervals_table(const std::vector<models::ParameterInterval>& intervals, double level,
                                        const std::string& caption);
/// term, parameters, log_likelihood, df, chi_squared, p_value, mixture_p_value.
findings::Table random_tests_table(const std::vector<models::RandomTest>& tests, models::Method method);

}  // namespace meridian::analysis
