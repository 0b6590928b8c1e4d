#pragma once
// What the forms of a table for a manuscript share: cells and headings as text, each form with its own escapes.
#include <string>
#include <utility>
#include <vector>

#include "findings/table.hpp"

namespace meridian::report {

/// A form's own way to write text literally.
using Escape = std::string (*)(const std::string& text);

/// Every occurrence of the first texts by the second ones; what was put in is not looked at again.
std::string replaced(const std::string& text, const std::vector<std::pair<std::string, std::string>>& pairs);
std::string title_of(const findings::Table& table);
/// Numbers in APA style (table_files.hpp).
std::vector<std::string> shown_row(const findings::Table& table, std::size_t row, Escape escape);
std::vector<std::string> headings(const findings::Table& table, Escape escape);

}  // namespace meridian::report
