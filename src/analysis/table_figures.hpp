#pragma once
// Figures drawn from tables of means that stand beside them.
#include <optional>

#include "findings/figure.hpp"
#include "survey/survey.hpp"

namespace meridian::analysis {

/// Mean similarity by prompt (language and persona), nation and origin, from a by_origin table (descriptives.hpp). None
/// if the table tells of a single condition.
std::optional<findings::Figure> conditions_figure(const findings::Table& by_origin);

/// Change of the similarity by removed part, from a change_by_removed table: a panel per origin; items with their
/// glosses, in the order of the questionnaire.
findings::Figure removal_figure(const findings::Table& change_by_removed, const survey::Instrument& instrument);

}  // namespace meridian::analysis
