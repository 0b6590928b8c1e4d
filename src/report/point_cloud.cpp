#include "report/point_cloud.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace meridian::report {
namespace {

/// Van der Corput's sequence in base 2: evenly spread in [0, 1) at any length, always the same.
double spread(std::size_t index) {
  double value = 0, place = 0.5;
  for (; index > 0; index >>= 1, place /= 2)
    if (index & 1) value += place;
  return value;
}

/// Gaussian kernel density at each value, relative to its highest; bandwidth by Silverman's rule.
std::vector<double> relative_density(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto count = static_cast<double>(values.size());
  const double width = std::max(1.06 * std::sqrt(squares / std::max(count - 1, 1.0)) * std::pow(count, -0.2), 1e-12);
  std::vector<double> density(values.size(), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i)
    for (const double other : values) density[i] += std::exp(-0.5 * std::pow((values[i] - other) / width, 2));
  const double highest = *std::max_element(density.begin(), density.end());
  for (double& each : density) each /= highest;
  return density;
}

}  // namespace

void spread_points(findings::Table& drawn, double lane) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::size_t>> clouds;
  for (std::size_t row = 0; row < drawn.rows.size(); ++row) {
    const auto text = [&](const char* column) { return findings::to_text(drawn.rows[row][drawn.column(column)]); };
    if (text("part") == "point") clouds[{text("panel"), text("category"), text("series")}].push_back(row);
  }
  const std::size_t position = drawn.column("position"), value = drawn.column("value");
  for (const auto& [key, rows] : clouds) {
    std::vector<double> values;
    for (const std::size_t row : rows) {
      const auto* number = std::get_if<double>(&drawn.rows[row][value]);
      values.push_back(number ? *number : std::nan(""));
    }
    const std::vector<double> density = relative_density(values);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto& place = std::get<double>(drawn.rows[rows[i]][position]);
      place += (spread(i + 1) - 0.5) * 0.9 * lane * density[i];
    }
  }
}

}  // namespace meridian::report
