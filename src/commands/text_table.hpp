#pragma once
// A table of the user's as text, for the commands that fit models to it.
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "models/frame.hpp"

namespace meridian::commands {

/// All named columns as text, and the line of the file on which each row starts.
struct TextTable {
  std::filesystem::path file;
  std::vector<models::TextColumn> columns;
  std::vector<std::size_t> lines;
};

/// A column without a name, such as R's row names, is left out. InputError if there are no rows.
TextTable read_table(const std::filesystem::path& file);

/// "a,b" as names.
std::vector<std::string> names_in(const std::string& list);

}  // namespace meridian::commands
