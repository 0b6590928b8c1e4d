#pragma once
// Profile-likelihood intervals of a generalized linear (mixed) model, as R's confint(glmer, method = "profile") and
// confint(glm).
#include <vector>

#include "models/generalized.hpp"
#include "models/profile_terms.hpp"

namespace meridian::models {

/// All fixed effects, standard deviations and correlations of the random terms on the scale of the link; `fit` is that
/// of the design with the same options. As profile_intervals() of linear models, by the approximation of the fit
/// (Laplace, or quadrature with its nodes). A NaN limit was not found.
std::vector<ParameterInterval> profile_intervals(const Design& design, const GeneralizedOptions& options,
                                                 const GeneralizedFit& fit, double confidence);

}  // namespace meridian::models
