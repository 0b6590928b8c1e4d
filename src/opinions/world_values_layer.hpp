#pragma once
#include "audit/layer.hpp"

namespace meridian::opinions {

/// The layer `world-values` of an audit: WorldValuesBench (Zhao et al. 2024). Options: docs/formats.md, "Audit jobs".
audit::Work world_values_layer(audit::LayerInput& input);

}  // namespace meridian::opinions
