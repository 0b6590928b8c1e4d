#pragma once
// From a long table in any order to classes: levels of the factor with the most levels whose rows have the same cells
// (fixed-effects row, random-effects columns, levels of the other factors, prior weight) are pooled.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/reduced_table.hpp"

namespace meridian::models {

struct PooledDesign {
  Design design;       ///< template: the cells of one representative of each class, class after class
  std::string factor;  ///< name of the pooled factor
  std::vector<PooledClass> classes;
  /// Per class, per member: its index in the levels of the factor, and its responses in the order of the template.
  std::vector<std::vector<Eigen::Index>> members;
  std::vector<Eigen::MatrixXd> responses;  ///< per class, members x cells
};

/// The result does not depend on the order of the rows or levels of `design`, except by rounding.
PooledDesign pool_levels(const Design& design, const RandomStructure& structure);

/// The given rows of a design; levels keep their numbers.
Design select_rows(const Design& design, const std::vector<Eigen::Index>& rows);

}  // namespace meridian::models
