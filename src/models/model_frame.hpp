#pragma once
// R's model.frame: every variable of a formula evaluated, incomplete rows and unused levels dropped.
#include <cstddef>
#include <vector>

#include "models/design.hpp"

namespace meridian::models {

struct ModelFrame {
  Frame columns;                       ///< named by their deparsed expressions; kept rows only
  std::vector<std::size_t> kept_rows;  ///< rows of the original frame
  std::vector<double> multiplicity;    ///< of the kept rows; empty: all 1
  bool has_response = false;
};

/// Variables are evaluated over the whole frame first, as R does: scale() sees rows that are dropped later.
ModelFrame model_frame(const Formula& formula, const Frame& frame, const DesignOptions& options);

/// Rows 0, stride, 2 stride, ... of a model frame, with the levels of the whole one.
ModelFrame every_nth_row(const ModelFrame& frame, std::size_t stride);

}  // namespace meridian::models
