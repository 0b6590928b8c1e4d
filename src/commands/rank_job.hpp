#pragma once
// The job file of the ranking study: which rankings are read and what is computed from them.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "ranking/study.hpp"

namespace meridian::commands {

struct RankJob {
  std::filesystem::path file;
  std::string title;
  ranking::CatalogFiles catalog;
  std::vector<std::string> groups;
  std::filesystem::path targets;    ///< of the synthetic study
  std::filesystem::path published;  ///< printed numbers to check; empty: none
  std::size_t synthetic_replicates = 3;
  ranking::Settings settings;
  std::vector<std::pair<std::string, std::string>> given;  ///< every "section.key" and its value
};

/// Sections [study] [rankings] [clusters] [resampling]; docs/formats.md lists the keys. Tables are found below `share`
/// unless they lie where the job says. Throws InputError naming file, line and key.
RankJob read_rank_job(const std::filesystem::path& file, const std::filesystem::path& share,
                      const std::vector<std::string>& overrides);

}  // namespace meridian::commands
