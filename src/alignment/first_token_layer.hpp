#pragma once
#include "audit/layer.hpp"

namespace meridian::alignment {

/// The layer `first-token` of an audit: alignment of first-token distributions (Cao et al. 2025, arXiv 2502.07068) with
/// a calibrator of option logits. Options: docs/formats.md, "Audit jobs".
audit::Work first_token_layer(audit::LayerInput& input);

}  // namespace meridian::alignment
