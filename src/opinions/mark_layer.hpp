#pragma once
#include "audit/layer.hpp"

namespace meridian::opinions {

/// kind = mark: predictions of people's answers (docs/statistics.md, "Predictions of people's answers"). Options:
/// people, people_mapping, predictions or predictions.MODEL, predictions_mapping, profile, types, types_mapping,
/// countries, countries_mapping, invalid (docs/formats.md).
audit::Work mark_layer(audit::LayerInput& input);

}  // namespace meridian::opinions
