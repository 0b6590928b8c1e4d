#pragma once
// What other numbers of iterations would change. Symbols and approximations: docs/statistics.md, "Power".
#include "models/design.hpp"
#include "power/truth.hpp"

namespace meridian::power {

/// How noisy the models' mean answers are in the study that the truth describes.
struct Elicitation {
  double iterations = 20;  ///< with which the truth was found
  double noise_share = 0;  ///< N / |v|^2: noise of the iterations in a model vector's squared length; 0: none
  double homogeneity = 0;  ///< R: length of the mean of a nation's unit vectors, mean over nations (root mean square)
  double items = 0;        ///< answers per vector; centring leaves items - 1 directions
};

/// The truth at another number of iterations: cosines shrink by 1 / sqrt(k), k = 1 - s + s I0 / I; the noise they hold,
/// s I0 / (I k (items - 1)), lies R^2 in what people of a nation share (the effects of `person`'s counterparts) and
/// 1 - R^2 in the residual. Noise takes the shape of the models' covariance. InputError where the noise would exceed a
/// fitted variance, or a number is out of range.
Truth at_iterations(const Truth& truth, const models::Design& design, const std::string& person,
                    const Elicitation& elicitation, double iterations);

}  // namespace meridian::power
