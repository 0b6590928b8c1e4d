#pragma once
// Single values beside their mean: a cloud whose width shows how many lie there.
#include "findings/table.hpp"

namespace meridian::report {

/// Moves the rows with part "point" aside in `position` by at most half a lane, less where values are rare among those
/// of the same panel, category and series. Always the same for the same rows.
void spread_points(findings::Table& drawn, double lane);

}  // namespace meridian::report
