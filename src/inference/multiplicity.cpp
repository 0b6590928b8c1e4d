#include "inference/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace meridian::inference {
namespace {

// Indices of the tests that exist, smallest p first; equal ones keep their order.
std::vector<std::size_t> ranked(const std::vector<double>& p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i)
    if (!std::isnan(p_values[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  return order;
}

// From the smallest p upwards: no adjusted value may be below one with a smaller p.
void step_down(std::vector<double>& p_values, const std::vector<std::size_t>& order) {
  double running = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    double& p = p_values[order[rank]];
    running = std::max(running, static_cast<double>(order.size() - rank) * p);
    p = std::min(1.0, running);
  }
}

// From the largest p downwards: no adjusted value may be above one with a larger p.
void step_up(std::vector<double>& p_values, const std::vector<std::size_t>& order) {
  double running = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    double& p = p_values[order[rank]];
    running = std::min(running, static_cast<double>(order.size()) / static_cast<double>(rank + 1) * p);
    p = running;
  }
}

}  // namespace

std::vector<double> adjust(const std::vector<double>& p_values, Adjustment method) {
  std::vector<double> adjusted = p_values;
  const std::vector<std::size_t> order = ranked(p_values);
  switch (method) {
    case Adjustment::bonferroni:
      for (std::size_t i : order) adjusted[i] = std::min(1.0, static_cast<double>(order.size()) * p_values[i]);
      break;
    case Adjustment::holm:
      step_down(adjusted, order);
      break;
    case Adjustment::benjamini_hochberg:
      step_up(adjusted, order);
      break;
  }
  return adjusted;
}

std::string_view name(Adjustment method) {
  switch (method) {
    case Adjustment::bonferroni:
      return "Bonferroni";
    case Adjustment::holm:
      return "Holm";
    case Adjustment::benjamini_hochberg:
      return "Benjamini-Hochberg";
  }
  return "";
}

}  // namespace meridian::inference
