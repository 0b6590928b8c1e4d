#pragma once
// The grid over which cell means are taken.
#include <string>
#include <vector>

#include "models/model_frame.hpp"

namespace meridian::models {

/// One raw variable of the fixed terms and the values it takes on the grid.
struct GridVariable {
  std::string name;
  std::vector<std::int32_t> codes;  ///< of a factor: codes in the original frame
  std::vector<double> values;       ///< of a numeric variable: both values, every value inside factor(), or the mean
  std::vector<std::string> labels;

  std::size_t size() const { return labels.size(); }
};

/// Variables asked for first, in that order. InputError if one is in no fixed term, or the grid too large.
std::vector<GridVariable> grid_variables(const Formula& formula, const Frame& frame, const ModelFrame& rows,
                                         const std::vector<std::string>& first);

/// The frame followed by the grid's points (first variable fastest). Variables outside the grid copy a complete row, so
/// that no point is dropped.
Frame append_grid(const Frame& frame, const std::vector<GridVariable>& grid, std::size_t complete_row);

std::size_t grid_points(const std::vector<GridVariable>& grid);

}  // namespace meridian::models
