#pragma once
// What a table of power says, in sentences.
#include <string>
#include <vector>

#include "findings/document.hpp"

namespace meridian::power {

/// One sentence per term: the smallest study of the grid (fewest models, then people) in which its power reaches .80.
std::vector<std::string> power_sentences(const findings::Table& power);

/// One caution where limits of 1 - alpha hold the truth too seldom, beyond the simulation's own error.
std::vector<findings::Note> coverage_notes(const findings::Table& power, double alpha);

}  // namespace meridian::power
