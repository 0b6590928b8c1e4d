#pragma once
// From a condition's words to cells: which answer stands for an item, which answers make the centring mean.
#include <cstddef>
#include <string>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::panel {

/// A condition looked up in its source; model indices are those of the source.
class ConditionResolver {
 public:
  /// Throws InputError if the language or a persona is not in the source.
  ConditionResolver(const Condition& condition, const survey::ModelAnswers& answers, std::size_t items);

  /// The model's answer per item; NaN where it has none.
  const double* vector(std::size_t model) const { return own_.data() + model * items_; }
  /// Items without an answer that the condition needs: in the vector itself or in a pooled persona.
  std::vector<std::size_t> missing_items(std::size_t model) const;
  /// What is subtracted when only these items are looked at: a plain mean over all contributing cells, as the authors'
  /// grouped mean does. A model with missing items has no vector, so every item counts once per persona.
  double centre(std::size_t model, const std::vector<std::size_t>& items) const;

 private:
  void collect(const Condition& condition, const survey::ModelAnswers& answers);
  std::size_t items_, models_;
  std::vector<double> own_;                  ///< models x items
  std::vector<std::vector<double>> pooled_;  ///< per pooled persona: models x items; empty for Center::condition
};

}  // namespace meridian::panel
