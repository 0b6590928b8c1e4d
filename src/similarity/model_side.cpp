#include "similarity/model_side.hpp"

#include <cmath>
#include <limits>

#include "panel/variants.hpp"

namespace meridian::similarity {
namespace {

/// Writes the vector minus its mean and returns its length.
double centre_vector(const double* vector, std::size_t items, double* centred) {
  double mean = 0, square = 0;
  for (std::size_t item = 0; item < items; ++item) mean += vector[item];
  mean /= static_cast<double>(items);
  for (std::size_t item = 0; item < items; ++item) {
    centred[item] = vector[item] - mean;
    square += centred[item] * centred[item];
  }
  return std::sqrt(square);
}

}  // namespace

ModelSide::ModelSide(const panel::Panel& panel)
    : items(panel.items()),
      columns(panel.columns()),
      centred(columns * items),
      sum(columns * panel.variants.size()),
      inverse_norm(sum.size()),
      recompute(sum.size()) {
  std::vector<double> full(columns);
  for (std::size_t column = 0; column < columns; ++column)
    full[column] = centre_vector(panel.values.data() + column * items, items, centred.data() + column * items);
  for (std::size_t variant = 0; variant < panel.variants.size(); ++variant) {
    const std::vector<std::size_t> remaining = panel::remaining_items(panel.variants[variant], items);
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t slot = variant * columns + column;
      double square = 0;
      for (const std::size_t item : remaining) {
        const double distance = panel.values[column * items + item] - panel.centre[slot];
        square += distance * distance;
        sum[slot] += centred[column * items + item];
      }
      inverse_norm[slot] = 1 / std::sqrt(square);  // NaN where the centre is NaN
      recompute[slot] = std::sqrt(square) < shortest_downdated * full[column];
    }
  }
}

}  // namespace meridian::similarity
