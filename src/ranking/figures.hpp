#pragma once
// The study's figures, as data.
#include "findings/document.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {

/// Adds what belongs to the section: dimension bars, effect sizes, maps with dendrograms, stability.
void add_figures(const Study& study, const Results& results, findings::Section& section);

}  // namespace meridian::ranking
