#pragma once
// Tests that exchange whole models.
#include "uncertainty/permutation.hpp"

namespace meridian::uncertainty {

/// Tests origin, max-t, language and persona: observed table (without null hypothesis), statistics, batch, limit and
/// compute of the study. Threads take part in refits only.
PermutationTest permuted_models(const analysis::Study& study, std::size_t analysis, const PermutationOptions& options);

}  // namespace meridian::uncertainty
