#pragma once
// The summary for people who decide: per model which layer says what, how sure, and what to beware of.
#include <string>
#include <utility>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::audit {

/// Columns model, layer, metric, value, conf_low, conf_high, interval, n, caution; by model, then in the order of the
/// layers (name, entries).
findings::Table governance_summary(const std::vector<std::pair<std::string, std::vector<SummaryEntry>>>& layers);

}  // namespace meridian::audit
