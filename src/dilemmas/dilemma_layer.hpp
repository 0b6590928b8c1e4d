#pragma once
#include "audit/layer.hpp"

namespace meridian::dilemmas {

/// kind = dilemmas: single ethical dilemmas (docs/statistics.md, "Ethical dilemmas"). Options: answers,
/// answers_mapping, dilemmas, dilemmas_mapping, templates, reversed, choice (docs/formats.md).
audit::Work dilemma_layer(audit::LayerInput& input);

}  // namespace meridian::dilemmas
