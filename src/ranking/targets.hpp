#pragma once
// Printed figures that the synthetic rankings are to have, and how near they come.
#include <filesystem>
#include <vector>

#include "findings/table.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {

/// W per model stands in the catalog (Model::stability).
struct Targets {
  std::vector<double> dimension_means;     ///< per dimension of the catalog
  std::vector<double> cohesion;            ///< mean rho within each group
  std::vector<double> cohesion_sd;         ///< SD of rho over the group's pairs; NaN where none is printed
  std::vector<double> primary, secondary;  ///< models that put the dimension first, second; NaN where none is printed
};

/// Columns quantity (dimension_mean, cohesion, cohesion_sd, primary, secondary), which (dimension or group), value.
/// Throws InputError for an unknown word, and for a dimension without a mean or a group without a cohesion.
Targets read_targets(const std::filesystem::path& file, const Catalog& catalog);

/// Every target beside what the study has: quantity, which, target, found, difference.
findings::Table target_table(const Study& study, const Results& results, const Targets& targets);

}  // namespace meridian::ranking
