#pragma once
// Rates of refusals as bars (Figure 6 of the first study), from the tables of rates.
#include <vector>

#include "findings/figure.hpp"

namespace meridian::analysis {

/// refusals_by_dimension (without dimensions refusals_by_item) and refusals_by_condition: per cent of trials by origin
/// of the models, from refusal_tables. Whiskers of bounds reach from the fewest to the most refusals; exact counts have
/// none. Empty if nothing was refused.
std::vector<findings::Figure> refusal_figures(const std::vector<findings::Table>& tables);

}  // namespace meridian::analysis
