#pragma once
// What the layer of single dilemmas found, as figures; none without something to draw.
#include <vector>

#include "dilemmas/dilemma_results.hpp"
#include "findings/figure.hpp"

namespace meridian::dilemmas {

std::vector<findings::Figure> dilemma_figures(const DilemmaResults& results);

}  // namespace meridian::dilemmas
