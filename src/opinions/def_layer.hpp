#pragma once
#include "audit/layer.hpp"

namespace meridian::opinions {

/// kind = def: distributions of opinions, whose they are, and the map (docs/statistics.md, "Opinions beside people's").
/// Options: answers or answers.MODEL, answers_mapping, people, people_mapping, types, types_mapping, codes, groups,
/// surveys, infinite, alpha, map_without, verdicts, verdicts_mapping, diversity_questions (docs/formats.md).
audit::Work def_layer(audit::LayerInput& input);

}  // namespace meridian::opinions
