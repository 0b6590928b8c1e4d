#pragma once
// The people's files: MFQ-2 long CSV as in the public repository, WVS wave 7 as in the official files.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "simulation/parameters.hpp"
#include "simulation/study.hpp"

namespace meridian::simulation {

/// Rows or people of one nation, by what an analysis will do with them.
struct PeopleCounts {
  std::string nation;
  std::int64_t people = 0;           ///< in the file
  std::int64_t analysable = 0;       ///< complete nationals who did not give one answer throughout
  std::int64_t straight_liners = 0;  ///< complete nationals with one answer throughout
  std::int64_t incomplete = 0;
  std::int64_t non_nationals = 0;
};

struct PeopleFile {
  std::int64_t bytes = 0;
  std::vector<PeopleCounts> counts;
};

/// Analysable people asked for.
std::int64_t people_wanted(const NationParameters& nation, const StudyOptions& options);

/// Item,Response,Participant,Group,Dimension with CRLF: person by person, 36 rows each, as many people as wanted. With
/// options.scramble the participant column counts rows and restarts every n rows, as in the public file.
PeopleFile write_mfq_people(const std::filesystem::path& file, const SurveyParameters& survey,
                            const StudyOptions& options);

/// Semicolon-separated, one row per respondent, drawn until the wanted number of analysable people is in the file; in
/// between come people with missing answers (codes -1, -2, -5), without the nationality (Q254 = 5), or with one answer
/// throughout.
PeopleFile write_wvs_people(const std::filesystem::path& file, const SurveyParameters& survey,
                            const StudyOptions& options);

}  // namespace meridian::simulation
