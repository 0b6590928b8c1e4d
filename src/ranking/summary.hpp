#pragma once
// The top of a ranking study's report: what was asked, and what was found.
#include <string>
#include <vector>

#include "findings/document.hpp"

namespace meridian::ranking {

/// Sentences on the terms at both ends, the tests between groups by dimension, and the agreement within groups, from
/// the tables of `sections`; `sample` stands first.
findings::Section summary_section(const std::string& sample, const std::vector<findings::Section>& sections);

}  // namespace meridian::ranking
