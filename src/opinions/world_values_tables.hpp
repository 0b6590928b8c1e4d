#pragma once
// Tables and the figure of the layer world-values; columns: docs/formats.md.
#include <string>
#include <vector>

#include "findings/figure.hpp"
#include "findings/table.hpp"
#include "opinions/world_values_shares.hpp"

namespace meridian::opinions {

findings::Table share_table(const RunDistances& found, const std::vector<RunShares>& shares);
findings::Table question_table(const RunDistances& found);
findings::Table comparison_table(const RunDistances& found, const std::vector<RunComparison>& comparisons);
findings::Figure share_figure(const RunDistances& found, const std::vector<RunShares>& shares);

/// Without rows, for add_stratum.
findings::Table stratum_table();
void add_stratum(const Stratum& stratum, const RunDistances& found, const std::vector<RunShares>& shares,
                 findings::Table& table);

}  // namespace meridian::opinions
