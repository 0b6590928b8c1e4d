// cos = sum (h - mean h)(v - c) / sqrt(sum (h - mean h)^2 sum (v - c)^2) over the items that remain.
#include <algorithm>
#include <cmath>
#include <limits>

#include "panel/variants.hpp"
#include "similarity/tile.hpp"

namespace meridian::similarity {

double plain_cosine(const panel::Panel& panel, std::size_t person, std::size_t condition, std::size_t model,
                    std::size_t variant) {
  const std::vector<std::size_t> items = panel::remaining_items(panel.variants[variant], panel.items());
  const std::int16_t* answers = panel.people.answers.data() + person * panel.items();
  const double* vector = panel.vector(condition, model);
  const double centre = panel.centre[(variant * panel.conditions.size() + condition) * panel.models.size() + model];
  int sum = 0, lowest = answers[items[0]], highest = lowest;
  for (const std::size_t item : items) {
    sum += answers[item];
    lowest = std::min<int>(lowest, answers[item]);
    highest = std::max<int>(highest, answers[item]);
  }
  if (lowest == highest || std::isnan(centre)) return std::numeric_limits<double>::quiet_NaN();
  const double mean = sum / static_cast<double>(items.size());
  double product = 0, people_square = 0, model_square = 0;
  for (const std::size_t item : items) {
    product += (answers[item] - mean) * (vector[item] - centre);
    people_square += (answers[item] - mean) * (answers[item] - mean);
    model_square += (vector[item] - centre) * (vector[item] - centre);
  }
  return std::clamp(product / std::sqrt(people_square * model_square), -1.0, 1.0);
}

}  // namespace meridian::similarity
