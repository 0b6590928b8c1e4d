#pragma once
// The summary for people who decide: per model which layer says what, how sure, and what to beware of.
#include <string>
#include <utility>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::audit {

/// Name of each layer and what it says of the models, in the order of the job.
using LayerSummaries = std::vector<std::pair<std::string, std::vector<SummaryEntry>>>;

/// Columns model, layer, metric, value, conf_low, conf_high, interval, n, caution; by model, then in the order of the
/// layers.
findings::Table governance_summary(const LayerSummaries& layers);

/// The values alone, a row for each layer and metric and a column for each model, beside one another.
findings::Table overview(const LayerSummaries& layers);

}  // namespace meridian::audit
