#pragma once
// Covariates of units (models or people) from a table of the user's, as columns of a design.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/frame.hpp"

namespace meridian::uncertainty {

/// What a test allows for.
struct Adjustment {
  std::string formula;       ///< right-hand side, "log(parameters) + released"; empty: nothing
  models::Frame covariates;  ///< one row per unit, with the key column
  std::string key;           ///< "llm" or "participant": the column that names the unit, a factor
  std::string digest;        ///< SHA-256 of the table's file
};

struct AdjustedUnits {
  std::vector<std::size_t> kept;      ///< units with all covariates, ascending
  std::vector<std::string> left_out;  ///< names of the others
  Eigen::MatrixXd columns;            ///< kept x columns, the intercept first
};

/// Looks up the units by name. InputError for a formula with a response or random terms, for an unknown column, for a
/// unit named twice.
AdjustedUnits adjusted_units(const Adjustment& adjustment, const std::vector<std::string>& units);

}  // namespace meridian::uncertainty
