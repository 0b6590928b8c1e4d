#pragma once
#include "audit/layer.hpp"

namespace meridian::dilemmas {

/// kind = multi-step: dilemmas in escalating steps (docs/statistics.md, "Dilemmas in steps"). Options: answers,
/// answers_mapping, labels, labels_mapping, minimum_count, margin (docs/formats.md).
audit::Work step_layer(audit::LayerInput& input);

}  // namespace meridian::dilemmas
