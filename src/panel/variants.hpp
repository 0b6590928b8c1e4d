#pragma once
// What remains when a variant's items are left out.
#include <cstddef>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::panel {

/// Indices of the items that stay, ascending.
std::vector<std::size_t> remaining_items(const Variant& variant, std::size_t items);

/// Throws InputError unless "none" comes first, names are unique, items exist and at least two remain.
void check_variants(const std::vector<Variant>& variants, const survey::Instrument& instrument);

}  // namespace meridian::panel
