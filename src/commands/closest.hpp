#pragma once
// "Did you mean ...?"
#include <string>
#include <vector>

namespace meridian::commands {

/// The candidate with the fewest insertions, deletions, replacements and swaps of neighbours (optimal string alignment
/// distance), the first one of equals; "" if all are farther than a third of the word's length (at least 2).
std::string closest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace meridian::commands
