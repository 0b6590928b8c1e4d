#pragma once
// Wilkinson-Rogers algebra on sets of variables (Wilkinson & Rogers 1973; R's terms.formula).
#include <string>

#include "models/formula.hpp"

namespace meridian::models {

/// Expands one right-hand side without bars. `text` is the whole formula, for messages.
TermSet encode_terms(const Expression& right_hand_side, const std::string& text);

/// InputError unless the expression is arithmetic on variables and numbers with the functions of models/evaluation.hpp.
void check_arithmetic(const Expression& expression, const std::string& text);

}  // namespace meridian::models
