#pragma once
// Two runs file by file: are their results the same bytes?
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace meridian::storage {

/// (path, SHA-256), sorted by path: the lines behind digest.txt.
using DigestLines = std::vector<std::pair<std::string, std::string>>;

/// run_digests of a finished run, or of the finished runs one level below (paths then begin with the run's name).
/// Reads every file. Throws InputError if there is no finished run.
DigestLines digests_below(const std::filesystem::path& folder);

struct DigestDifference {
  std::size_t same = 0;
  std::vector<std::string> changed, only_first, only_second;  ///< paths, ascending
  bool none() const { return changed.empty() && only_first.empty() && only_second.empty(); }
};

DigestDifference compare_digests(const DigestLines& first, const DigestLines& second);

/// One line per file that differs, last the counts.
std::string difference_text(const DigestDifference& difference, const std::string& first, const std::string& second);

}  // namespace meridian::storage
