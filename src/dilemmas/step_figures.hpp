#pragma once
// What the layer of dilemmas in steps found, as figures.
#include <vector>

#include "dilemmas/step_results.hpp"
#include "findings/figure.hpp"

namespace meridian::dilemmas {

/// Scores by step, and one map of wins per model, for at most kMostMaps models.
inline constexpr std::size_t kMostMaps = 12;
std::vector<findings::Figure> step_figures(const StepResults& results);

}  // namespace meridian::dilemmas
