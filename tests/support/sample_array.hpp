#pragma once
// A small labelled array: two variants, three models, people from `first`.
#include <cmath>
#include <string>

#include "storage/array_file.hpp"

namespace meridian::tests {

inline storage::Array sample_array(std::size_t first = 0, std::size_t people = 4) {
  storage::Array array;
  array.name = "similarity";
  array.axes = {{"variant", {"none", "Purity"}}, {"model", {"gpt", "glm \u00e9", "\u6a21\u578b"}}, {"person", {}}};
  for (std::size_t person = first; person < first + people; ++person)
    array.axes[2].labels.push_back(std::to_string(person) + "_China");
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t person = first; person < first + people; ++person)
      array.values.push_back(row == 4 && person % 2 == 1
                                 ? std::nan("")
                                 : 0.1 * static_cast<double>(row) + static_cast<double>(person) / 7);
  array.attributes = {{"synthetic", "yes"}};
  return array;
}

/// Equal, NaN counting as equal to NaN.
inline bool same_values(const std::vector<double>& left, const std::vector<double>& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (left[i] != right[i] && !(std::isnan(left[i]) && std::isnan(right[i]))) return false;
  return true;
}

inline bool same_axes(const std::vector<storage::Axis>& left, const std::vector<storage::Axis>& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (left[i].name != right[i].name || left[i].labels != right[i].labels) return false;
  return true;
}

}  // namespace meridian::tests
