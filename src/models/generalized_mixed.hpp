#pragma once
// The random part of a generalized model: from the fixed-effects fit to the maximum of the joint criterion.
#include "models/generalized.hpp"
#include "models/reweighted.hpp"

namespace meridian::models {

/// Fills everything of `result` that the random terms decide: the whole Fit and the linear predictor.
void fit_random_part(const Design& design, const Responses& responses, const ReweightedFit& fixed,
                     const GeneralizedOptions& options, GeneralizedFit& result);

}  // namespace meridian::models
