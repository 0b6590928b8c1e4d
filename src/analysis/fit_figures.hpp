#pragma once
// Fits as figures: coefficients of one or several models, predicted random effects.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "findings/figure.hpp"
#include "models/fit.hpp"

namespace meridian::analysis {

/// The left side of the formula; of a generalized model with a word on the scale.
std::string unit_of_effects(const models::Fit& fit);

/// A forest of the fixed effects (without intercept), one series per named fit; terms in the order of the first fit.
/// None if no fit has any.
std::optional<findings::Figure> coefficients_figure(
    const std::vector<std::pair<std::string, const models::Fit*>>& fits);

/// Predicted random effects of the grouping factors with at most 60 levels, a panel per factor and term, sorted. No
/// figure is higher than a printed page: further panels stand in random_effects_2 and so on.
std::vector<findings::Figure> random_effects_figures(const models::Fit& fit);

}  // namespace meridian::analysis
