#include "storage/digest_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "error.hpp"
#include "storage/digest.hpp"

namespace meridian::storage {

namespace fs = std::filesystem;

DigestLines digests_below(const fs::path& folder) {
  if (fs::exists(folder / "digest.txt")) return run_digests(folder);
  std::vector<fs::path> runs;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (fs::exists(entry.path() / "digest.txt")) runs.push_back(entry.path());
  if (runs.empty())
    throw InputError(folder.string(), "no digest.txt", "the folder of a finished run, or of several",
                     "Finish the run first: run the same replicate command again.");
  std::sort(runs.begin(), runs.end());
  DigestLines lines;
  for (const fs::path& run : runs)
    for (const auto& [path, digest] : run_digests(run))
      lines.emplace_back((run.filename() / path).generic_string(), digest);
  return lines;
}

DigestDifference compare_digests(const DigestLines& first, const DigestLines& second) {
  std::map<std::string, std::string> before(first.begin(), first.end());
  DigestDifference difference;
  for (const auto& [path, digest] : second) {
    const auto known = before.find(path);
    if (known == before.end()) {
      difference.only_second.push_back(path);
      continue;
    }
    if (known->second == digest)
      ++difference.same;
    else
      difference.changed.push_back(path);
    before.erase(known);
  }
  for (const auto& [path, digest] : before) difference.only_first.push_back(path);
  return difference;
}

std::string difference_text(const DigestDifference& difference, const std::string& first, const std::string& second) {
  std::string text;
  for (const std::string& path : difference.changed) text += "changed    " + path + "\n";
  for (const std::string& path : difference.only_first)
    text += fmt::format("missing    {} (only in {})\n", path, first);
  for (const std::string& path : difference.only_second)
    text += fmt::format("new        {} (only in {})\n", path, second);
  return text + fmt::format("{} files the same, {} changed, {} missing, {} new\n", difference.same,
                            difference.changed.size(), difference.only_first.size(), difference.only_second.size());
}

}  // namespace meridian::storage
