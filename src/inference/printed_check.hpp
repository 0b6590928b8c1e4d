#pragma once
// Printed numbers that follow from other printed numbers: recomputed, and told whether they agree within rounding.
#include <filesystem>
#include <string>

#include "findings/table.hpp"

namespace meridian::inference {

/// Columns of the file: location, relation, arguments ("w=.647 m=3 k=25"), printed, remark. A printed number stands for
/// everything that rounds to it, so do the arguments (counts and dfs are exact); consistent means that some values
/// within the arguments' rounding give a number within the result's. "<.001" is met by anything below.
/// Throws InputError naming file and line for an unknown relation or a missing argument.
findings::Table printed_check_table(const std::filesystem::path& file);

/// "59 of 61 printed numbers follow from the other printed numbers within rounding."
std::string printed_check_summary(const findings::Table& table);

}  // namespace meridian::inference
