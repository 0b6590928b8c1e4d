#pragma once
// What a report says and shows of any fit beside its tables.
#include <string>
#include <vector>

#include "analysis/generalized_tables.hpp"
#include "findings/document.hpp"
#include "models/fit_linear.hpp"

namespace meridian::analysis {

/// Formula, method, criterion and number of rows in a sentence, and whether the search converged.
std::string fitted_sentence(const models::Fit& mixed);
std::string fitted_sentence(const models::LinearFit& linear);
std::string fitted_sentence(const models::GeneralizedFit& generalized);

/// Messages of the search as notes about "fit of `name`", the forest of the coefficients, the caterpillars.
void add_fit(const models::Fit& fit, const std::string& name, findings::Section& section);

/// Section "model" with what add_fit() shows of a fit, its tables and `sentence`.
findings::Section fit_section(const models::Fit& fit, const std::string& sentence, std::vector<findings::Table> tables);

}  // namespace meridian::analysis
