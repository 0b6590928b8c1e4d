#pragma once
// The top of an audit's report: what was asked, and what was found.
#include <string>
#include <vector>

#include "audit/governance.hpp"
#include "findings/document.hpp"

namespace meridian::audit {

/// A sentence on each layer's sample and one on its tests between groups of models, then the overview.
findings::Section summary_section(const std::vector<findings::Section>& layers, const LayerSummaries& summaries);

/// A warning that names the models of a layer that the registry does not know: they drop out of the tests between
/// groups. None without groups or trends.
std::vector<findings::Note> registry_notes(const std::vector<SummaryEntry>& summary, const ModelRegistry& registry);

/// A caution that says how many figures of the governance summary have one; none if none has.
std::vector<findings::Note> governance_notes(const LayerSummaries& summaries);

}  // namespace meridian::audit
