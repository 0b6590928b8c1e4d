#pragma once
// People of one nation who answer one survey: a Gaussian copula. Each person has correlated standing on a few factors;
// an item's latent answer is loading * factor + unique part, cut at the thresholds that give the nation's answer
// shares.
#include <cstdint>
#include <vector>

#include "random/stream.hpp"
#include "simulation/parameters.hpp"

namespace meridian::simulation {

class Population {
 public:
  explicit Population(const NationParameters& parameters);
  std::size_t items() const { return thresholds_.size(); }
  /// One person's answers, 1 ... highest, one per item.
  void draw(random::Stream& stream, std::vector<std::int16_t>& answers) const;

 private:
  std::vector<std::vector<double>> thresholds_;  ///< [item][answer], in unique-part units
  std::vector<double> weights_;  ///< items x factors: loading times Cholesky row, over the unique part's sd
  std::size_t factors_;
};

/// Standard normal quantile, to the last digits (bisection on erfc); -inf at 0, inf at 1.
double normal_quantile(double probability);

}  // namespace meridian::simulation
