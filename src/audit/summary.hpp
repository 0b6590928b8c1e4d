#pragma once
// The top of an audit's report: what was asked, and what was found.
#include <string>
#include <vector>

#include "audit/governance.hpp"
#include "findings/document.hpp"

namespace meridian::audit {

/// A sentence on each layer's sample and one on its tests between groups of models, then the overview.
findings::Section summary_section(const std::vector<findings::Section>& layers, const LayerSummaries& summaries);

}  // namespace meridian::audit
