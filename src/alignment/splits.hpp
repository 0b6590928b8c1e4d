#pragma once
// Which countries and questions a calibrator learns from and is tried on: a table, for the papers cut them differently.
#include <filesystem>
#include <string>
#include <vector>

#include "alignment/human_answers.hpp"

namespace meridian::alignment {

/// A group of countries met with a group of questions.
struct SplitCell {
  std::string name;  ///< "C2-Q3"
  std::string role;  ///< "train", "valid" or "test"
  std::vector<std::size_t> records;
};

/// CSV with columns group, part, member: part "country" (member a name, or "*" for every country that no other group
/// names), "question" (a name, or a range "1-163" of numbers), or "cell" (group "C2-Q3", member its role). A country
/// or question may be in several groups; those of group "-" are in none. Throws InputError for an unknown part or role,
/// or a cell of groups that do not exist.
std::vector<SplitCell> read_splits(const std::filesystem::path& file, const HumanAnswers& humans);

/// Countries that the groups but "-" name and people's answers do not have: misspelt, or not in the data.
std::vector<std::string> unknown_countries(const std::filesystem::path& file, const HumanAnswers& humans);

/// Records of all cells with this role, ascending, each once.
std::vector<std::size_t> records_of(const std::vector<SplitCell>& cells, const std::string& role);

}  // namespace meridian::alignment
