#pragma once
// Several sets of people, and several lists of models, as one.
#include <vector>

#include "panel/panel.hpp"

namespace meridian::panel {

/// All sets one after the other; nation labels are united in code-point order and every person's index follows.
/// Throws InputError if a set's name comes twice.
survey::People unite_people(const std::vector<NamedPeople>& sets, std::size_t items, std::vector<PeopleSet>& bounds);

/// Every model of any source once. Each source lists its models in registry order; the union keeps every such order.
std::vector<survey::Model> unite_models(const std::vector<NamedAnswers>& sources);

}  // namespace meridian::panel
