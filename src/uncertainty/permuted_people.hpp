#pragma once
// Tests that relabel the nationality of people.
#include "uncertainty/permutation.hpp"

namespace meridian::uncertainty {

/// Tests nation and nation-with-language: observed table (without null hypothesis), statistics, batch, limit and
/// compute of the study. InputError for nation-with-language where people of both nations meet the same conditions.
PermutationTest permuted_people(const analysis::Study& study, std::size_t analysis, const PermutationOptions& options);

}  // namespace meridian::uncertainty
