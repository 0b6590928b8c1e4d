#pragma once
// Mean similarity of a nation with a model, corrected for the noise of the model's iterations, with an interval that
// holds that noise. Design: docs/statistics.md, "Iteration-aware similarity".
#include <utility>
#include <vector>

#include "analysis/layout.hpp"
#include "findings/table.hpp"
#include "panel/panel.hpp"

namespace meridian::analysis {

/// One row per nation and row of the layout: plain mean, share of noise in the model vector's squared length, factor,
/// corrected mean, its two standard errors and 95 % limits. Where the corrected cosine is undefined the numbers are
/// empty and `note` says why: noise as long as the vector, or a cell without two iterations.
findings::Table iteration_aware_table(const panel::Panel& panel, const Layout& layout,
                                      const std::vector<panel::NamedAnswers>& sources);

/// cos = g'u / sqrt(|u|^2 - N): value and gradient in u. Empty gradient where the radicand is not positive.
struct CorrectedCosine {
  double value = 0, factor = 0;  ///< factor: corrected over plain
  std::vector<double> gradient;
};
CorrectedCosine corrected_cosine(const std::vector<double>& people, const std::vector<double>& vector, double noise);

}  // namespace meridian::analysis
