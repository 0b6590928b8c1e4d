#pragma once
// The run's tables as they are looked up: a CSV by conditions on its columns, a JSON by a pointer.
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "verification/run_folder.hpp"

namespace meridian::verification {

struct RunTable {
  std::string name;  ///< for messages: path below the run
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

RunTable read_run_table(const std::filesystem::path& file, const std::string& name);
/// The one row that meets every condition; columns that start with "term" are compared as terms, and term1 and term2
/// may stand the other way round.
Found find_in(const RunTable& table, const std::vector<Condition>& where, const std::string& column);
Found find_in(const nlohmann::json& object, const std::string& name, const std::string& pointer);

/// Throws InputError with the parser's words.
nlohmann::json read_json(const std::filesystem::path& file);

}  // namespace meridian::verification
