#include "resampling/weights.hpp"

#include <cmath>

#include "error.hpp"
#include "random/stream.hpp"

namespace meridian::resampling {
namespace {

/// By inversion: the sum of the probabilities up to a count is compared with one uniform number.
double poisson_of_mean_one(random::Stream& stream) {
  const double uniform = stream.uniform();
  double count = 0, probability = std::exp(-1.0), below = probability;
  while (uniform > below && probability > 0) {
    count += 1;
    probability /= count;
    below += probability;
  }
  return count;
}

}  // namespace

std::vector<double> multinomial_weights(const Strata& strata, DrawSize size, std::uint64_t seed,
                                        std::string_view purpose, std::uint64_t replicate) {
  random::Stream stream(seed, purpose, replicate);
  std::vector<double> weights(strata.units, 0.0);
  for (const std::vector<std::uint32_t>& members : strata.members) {
    const auto n = static_cast<std::uint32_t>(members.size());
    const std::uint32_t draws = size == DrawSize::one_less && n > 1 ? n - 1 : n;
    for (std::uint32_t draw = 0; draw < draws; ++draw) weights[members[stream.below(n)]] += 1;
  }
  return weights;
}

std::vector<double> poisson_weights(std::size_t units, std::uint64_t seed, std::string_view purpose,
                                    std::uint64_t replicate) {
  random::Stream stream(seed, purpose, replicate);
  std::vector<double> weights(units);
  for (double& weight : weights) weight = poisson_of_mean_one(stream);
  return weights;
}

std::vector<double> jackknife_weights(std::size_t units, std::size_t left_out) {
  if (left_out >= units) throw Error(ExitCode::bug, "jackknife: no such unit");
  std::vector<double> weights(units, 1.0);
  weights[left_out] = 0;
  return weights;
}

}  // namespace meridian::resampling
