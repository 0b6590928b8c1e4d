#pragma once
// simulation.json: tells every reader that the folder's answers are made up, and how; written last.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "simulation/model_files.hpp"
#include "simulation/parameters.hpp"
#include "simulation/people_files.hpp"
#include "simulation/study.hpp"

namespace meridian::simulation {

inline constexpr const char* marker_name = "simulation.json";

/// Everything that decides the bytes: options, parameter files' hashes, and a number raised by hand whenever the
/// drawing changes.
nlohmann::ordered_json recipe(const StudyOptions& options, const Parameters& parameters);

/// What is in the files, for the report.
struct Contents {
  std::vector<std::pair<std::string, std::int64_t>> files;   ///< name, bytes
  std::vector<std::pair<std::string, PeopleCounts>> people;  ///< survey, counts
  std::vector<LeftOut> left_out;
};

/// The marker of a finished study, or of one being written (`contents` null).
nlohmann::ordered_json marker(const nlohmann::ordered_json& recipe, const Contents* contents);

/// The files that a marker lists, as far as they lie in its folder.
std::vector<std::filesystem::path> listed_files(const nlohmann::ordered_json& marker);

enum class Occupant { nothing, same_study, other_study, foreign };

/// Looks at `out`: a study with this recipe whose files all have their sizes, another (or unfinished) simulation, or
/// something that is not ours. `existing` receives the marker found.
Occupant inspect(const std::filesystem::path& out, const nlohmann::ordered_json& recipe,
                 nlohmann::ordered_json& existing);

}  // namespace meridian::simulation
