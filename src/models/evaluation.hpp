#pragma once
// The value of an expression over the rows of a frame.
#include <string>
#include <vector>

#include "models/expression.hpp"
#include "models/frame.hpp"

namespace meridian::models {

/// I, log, log2, log10, log1p, exp, expm1, sqrt, abs, scale, factor, as.factor.
bool is_function(const std::string& name);
bool is_factor_function(const std::string& name);
std::string function_list();

/// The expression as a column named by its deparsed text. Missing values stay missing. scale() uses every row without a
/// missing value of its own, as R's model.frame does, `multiplicity` (empty: 1) times each. InputError: unknown
/// variable, arithmetic on a factor, a result that is not finite although its inputs are there (names the row).
Variable evaluate(const Expression& expression, const Frame& frame, const std::vector<double>& multiplicity);

/// A numeric variable as a factor: levels in numeric order, named as R's as.character; a factor as it is.
Variable as_factor(const Variable& variable);

}  // namespace meridian::models
