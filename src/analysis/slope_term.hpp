#pragma once
// The random term a formula would need so that an effect may differ between the levels of a factor.
#include <string>
#include <vector>

#include "models/formula.hpp"

namespace meridian::analysis {

/// "(1 + nation*language | llm)": what the formula has for `group` and slopes of the `effects` with their margins.
/// An effect is the list of its variables: {"nation", "language"}. Empty without effects.
std::string slope_term(const models::Formula& formula, const std::string& group,
                       const std::vector<std::vector<std::string>>& effects);

}  // namespace meridian::analysis
