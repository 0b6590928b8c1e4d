#pragma once
// A long table of any study as a sample: levels of its largest grouping factor are the people.
#include <string>

#include "uncertainty/sample.hpp"

namespace meridian::uncertainty {

/// `columns`: a grouping factor of the design whose levels own the rows of the template, to be resampled with them;
/// empty: none. One stratum each. InputError if the design has no random term, or no such factor besides the largest.
Sample table_sample(const models::Design& design, models::Method method, const std::string& columns = "");

}  // namespace meridian::uncertainty
