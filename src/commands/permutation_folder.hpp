#pragma once
// A folder of permutations: what is made of it needs nothing but the folder itself, so that merged parts and a single
// run end alike.
#include <cstddef>
#include <filesystem>
#include <string>

#include "findings/document.hpp"

namespace meridian::commands {

/// Reads the observed statistics and the first `permutations` permutations, writes replicates.h5 and the tables
/// `permutation` and `distribution`. InputError if something is missing or damaged.
findings::Section finish_permutation(const std::filesystem::path& folder, std::size_t permutations);

/// One line per statistic: estimate, T, p and the adjusted p.
std::string permutation_text(const findings::Section& section);

}  // namespace meridian::commands
