#pragma once
// What the model vectors contribute to every cosine, computed once per panel.
#include <cstddef>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::similarity {

/// A vector whose remaining length is below this part of its full length is not downdated but recomputed: the removed
/// terms would leave only rounding errors. People and models each lose at most a factor 20, so the downdated cosine
/// keeps about 400 roundings, 1e-13.
inline constexpr double shortest_downdated = 0.05;

/// Column = condition x model. A shift of the vector leaves the cosine's numerator alone (people are centred), so the
/// vector is stored minus its own mean, where downdating loses least.
struct ModelSide {
  explicit ModelSide(const panel::Panel& panel);

  std::size_t items = 0, columns = 0;
  std::vector<double> centred;       ///< columns x items
  std::vector<double> sum;           ///< variants x columns: of `centred` over the remaining items
  std::vector<double> inverse_norm;  ///< variants x columns: 1 / |v - c| over the remaining items; NaN: no cosine
  std::vector<char> recompute;       ///< variants x columns: too little remains to downdate
};

}  // namespace meridian::similarity
