#pragma once
// Options of a fit that its kind of model would leave unused.
#include "analysis/long_fit.hpp"
#include "models/formula.hpp"

namespace meridian::analysis {

/// InputError for options that do not go together or do not suit the model of the formula.
void check_request(const LongFitRequest& request, const models::Formula& formula);

}  // namespace meridian::analysis
