#pragma once
// p-values adjusted for how many were looked at, as R's p.adjust.
#include <string_view>
#include <vector>

namespace meridian::inference {

enum class Adjustment {
  bonferroni,          ///< family-wise error, any dependence
  holm,                ///< Holm (1979): family-wise error, any dependence, never weaker than Bonferroni
  benjamini_hochberg,  ///< Benjamini & Hochberg (1995): false discovery rate
};

/// Adjusted p-values in the order given. NaN (no test) stays NaN and does not count as a test.
std::vector<double> adjust(const std::vector<double>& p_values, Adjustment method);

/// "Bonferroni", "Holm", "Benjamini-Hochberg": for captions.
std::string_view name(Adjustment method);

}  // namespace meridian::inference
