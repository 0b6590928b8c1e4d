#pragma once
// Several mixed models of one question as the table that a manuscript prints: terms aligned, blocks one below the
// other.
#include <string>
#include <vector>

#include "findings/table.hpp"
#include "models/fit.hpp"
#include "models/fit_statistics.hpp"

namespace meridian::analysis {

struct NamedFit {
  std::string name;
  const models::Fit* fit;
  const models::FitStatistics* statistics;
};

/// Columns block, term and for each fit estimate, conf_low, conf_high and p, with the fit's name in front. Blocks:
/// fixed (coefficients), random (standard deviations and correlations), levels (N per factor), fit (rows, sigma, ICC,
/// R2, criterion). What a fit does not have is empty.
findings::Table side_by_side_table(const std::vector<NamedFit>& fits);

}  // namespace meridian::analysis
