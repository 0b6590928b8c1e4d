#include "scheduling/estimate.hpp"

#include <algorithm>
#include <cmath>

namespace meridian::scheduling {
namespace {

constexpr double kWorthwhile = 1.1;

int rounded_up(double value, int step) { return static_cast<int>(std::ceil(value / step)) * step; }

}  // namespace

Estimate estimate(std::size_t blocks, const Costs& costs, const std::vector<Replicates>& replicates) {
  const auto count = static_cast<double>(blocks);
  Estimate result;
  result.start_seconds = costs.start_seconds;
  result.similarity_seconds = count * costs.block_seconds;
  result.serial_seconds = count * (costs.stream_seconds + costs.digest_seconds) + costs.fit_seconds +
                          costs.table_seconds + costs.report_seconds;
  for (const Replicates& each : replicates) {
    result.resampling_start_seconds += each.start_seconds;
    result.resampling_seconds += static_cast<double>(each.units) * each.unit_seconds;
    result.resampling_end_seconds += each.finish_seconds + count * costs.digest_seconds;
  }
  if (!replicates.empty()) result.resampling_end_seconds += costs.report_seconds;
  result.disk_bytes = count * costs.block_bytes;
  result.memory_bytes = costs.memory_bytes;
  return result;
}

Estimate operator+(const Estimate& first, const Estimate& second) {
  Estimate sum = first;
  sum.start_seconds += second.start_seconds;
  sum.similarity_seconds += second.similarity_seconds;
  sum.serial_seconds += second.serial_seconds;
  sum.resampling_start_seconds += second.resampling_start_seconds;
  sum.resampling_seconds += second.resampling_seconds;
  sum.resampling_end_seconds += second.resampling_end_seconds;
  sum.disk_bytes += second.disk_bytes;
  sum.memory_bytes = std::max(first.memory_bytes, second.memory_bytes);
  return sum;
}

double wall_seconds(const Estimate& estimate, int ranks) {
  return estimate.start_seconds + estimate.serial_seconds + estimate.resampling_start_seconds +
         estimate.resampling_end_seconds + (estimate.similarity_seconds + estimate.resampling_seconds) / ranks;
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
