#pragma once
// Values of a long table by group, and by subject and level, for the tests of meridian compare-groups.
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace meridian::commands {

/// Columns by name; empty: not asked for.
struct SampleColumns {
  std::filesystem::path table;
  std::string value, group, pair, within;
  std::vector<std::string> groups;  ///< the only ones taken; empty: those of the file
};

/// Values of two groups; paired tests match them by the pair.
struct Sample {
  std::string first_name, second_name;
  std::vector<double> first, second;
  std::vector<std::string> first_pair, second_pair;
  std::int64_t missing = 0;
};

/// Without `groups` the file must hold two. Throws InputError for a third one and for a group without values.
Sample read_sample(const SampleColumns& columns);

/// First and second values of the pairs that have both, in the order of the first. Throws InputError without a pair
/// column, and for a pair that stands twice in a group.
std::pair<std::vector<double>, std::vector<double>> paired(const Sample& sample);

/// Subjects with a value at every level.
struct Layout {
  std::vector<std::string> levels, groups;   ///< in the order of the file, or of SampleColumns::groups
  std::vector<std::vector<double>> rows;     ///< subjects x levels
  std::vector<std::size_t> group_of_row;     ///< all 0 without a group column
  std::int64_t missing = 0, incomplete = 0;  ///< values; subjects that lack a level and are left out
};

/// Throws InputError for a second value of a subject at a level, a subject in two groups, fewer than two levels, and a
/// group, or the whole file, with fewer than two complete subjects.
Layout read_layout(const SampleColumns& columns);

}  // namespace meridian::commands
