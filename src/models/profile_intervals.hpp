#pragma once
// Intervals from the profile of the likelihood, as lme4's confint(method = "profile").
#include <vector>

#include "models/profile_model.hpp"
#include "models/profile_terms.hpp"

namespace meridian::models {

/// All fixed effects, standard deviations and correlations of the random terms, and sigma: the values at which the
/// deviance, minimised over everything else, is at most the chi-squared quantile (1 df) above its minimum (Bates et al.
/// 2015, section 5.1; Venzon & Moolgavkar 1988, Appl. Stat. 37, 87-94). Standard deviations are in the units of the
/// response. A NaN limit was not found.
std::vector<ParameterInterval> profile_intervals(const ModelData& data, double confidence);

}  // namespace meridian::models
