#include "opinions/paired_counts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meridian::opinions {
namespace {

double weight(int first, int second, KappaWeights weights) {
  const double gap = std::abs(first - second);
  if (weights == KappaWeights::linear) return gap;
  return weights == KappaWeights::quadratic ? gap * gap : static_cast<double>(gap > 0);
}

}  // namespace

void PairedCounts::add(const PairedCounts& other) {
  for (const auto& [cell, count] : other.cells) cells[cell] += count;
  for (const auto& [code, count] : other.invalid) invalid[code] += count;
}

// Multiplied out by n^2, so that everything but the last division is exact: a constant rater gives exactly 0.
double cohen_kappa(const PairedCounts& counts, KappaWeights weights) {
  std::map<int, double> human, predicted;
  double n = 0, observed = 0, expected = 0;
  for (const auto& [cell, count] : counts.cells) {
    const auto people = static_cast<double>(count);
    human[cell.first] += people;
    predicted[cell.second] += people;
    n += people;
    observed += weight(cell.first, cell.second, weights) * people;
  }
  for (const auto& [first, row] : human)
    for (const auto& [second, column] : predicted) expected += weight(first, second, weights) * row * column;
  return expected > 0 ? 1 - n * observed / expected : std::numeric_limits<double>::quiet_NaN();
}

void CodeRange::include(int code) {
  const bool first = empty();
  low = first ? code : std::min(low, code);
  high = first ? code : std::max(high, code);
}

std::vector<double> human_histogram(const PairedCounts& counts, const CodeRange& range) {
  std::vector<double> people(static_cast<std::size_t>(range.high - range.low + 1), 0.0);
  for (const auto& [cell, count] : counts.cells)
    people.at(static_cast<std::size_t>(cell.first - range.low)) += static_cast<double>(count);
  for (const auto& [code, count] : counts.invalid)
    people.at(static_cast<std::size_t>(code - range.low)) += static_cast<double>(count);
  return people;
}

std::vector<double> predicted_histogram(const PairedCounts& counts, const CodeRange& range) {
  std::vector<double> people(static_cast<std::size_t>(range.high - range.low + 1), 0.0);
  for (const auto& [cell, count] : counts.cells)
    people.at(static_cast<std::size_t>(cell.second - range.low)) += static_cast<double>(count);
  return people;
}

}  // namespace meridian::opinions
