#pragma once
// Two versions of one analysis side by side: what a repair of the data or another reading of the rows changes.
#include <string>

#include "findings/document.hpp"
#include "models/fit.hpp"

namespace meridian::analysis {

/// Table `twin`: per term the estimate, standard error and p of both fits, their difference, and whether the conclusion
/// (sign, or significance at .05) changes. The section ends with one note that counts the changes.
void compare_twins(const std::string& name, const models::Fit& fit, const std::string& other_name,
                   const models::Fit& other, findings::Section& section);

}  // namespace meridian::analysis
