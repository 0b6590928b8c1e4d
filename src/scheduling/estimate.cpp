#include "scheduling/estimate.hpp"

#include <algorithm>
#include <cmath>

namespace meridian::scheduling {
namespace {

/// The blocks are read for statistics that need single cosines: once for moments, once for medians and residuals.
constexpr double kPasses = 2;
constexpr double kWorthwhile = 1.1;

int rounded_up(double value, int step) { return static_cast<int>(std::ceil(value / step)) * step; }

}  // namespace

Estimate estimate(const Workload& work, const Costs& costs) {
  const auto blocks = static_cast<double>(work.blocks);
  Estimate result;
  result.similarity_seconds = blocks * costs.block_seconds;
  result.serial_seconds = kPasses * blocks * costs.read_seconds + static_cast<double>(work.fits) * costs.fit_seconds;
  result.resampling_seconds = static_cast<double>(work.replicates) * costs.replicate_seconds;
  result.disk_bytes = blocks * costs.block_bytes;
  result.memory_bytes = costs.memory_bytes;
  return result;
}

Estimate operator+(const Estimate& first, const Estimate& second) {
  return {first.similarity_seconds + second.similarity_seconds, first.serial_seconds + second.serial_seconds,
          first.resampling_seconds + second.resampling_seconds, first.disk_bytes + second.disk_bytes,
          std::max(first.memory_bytes, second.memory_bytes)};
}

double wall_seconds(const Estimate& estimate, int ranks) {
  return estimate.serial_seconds + (estimate.similarity_seconds + estimate.resampling_seconds) / ranks;
}

int useful_ranks(const Estimate& estimate, std::size_t units) {
  int ranks = 1;
  while (static_cast<std::size_t>(2 * ranks) <= units &&
         wall_seconds(estimate, ranks) >= kWorthwhile * wall_seconds(estimate, 2 * ranks))
    ranks *= 2;
  return ranks;
}

int minutes_to_ask(double seconds) { return std::max(10, rounded_up(2 * seconds / 60, 5)); }

int megabytes_to_ask(double bytes) { return rounded_up(1.5 * bytes / 1e6 + 200, 100); }

}  // namespace meridian::scheduling
