#pragma once
// A finished run on disk: which published analyses it declares, and its numbers by place.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "verification/published.hpp"

namespace meridian::verification {

/// One analysis of a survey that the run's job reproduces, and the folder below tables/ and models/ that holds it.
struct Declared {
  std::string survey, analysis, folder;
};

/// A number of the run, or why there is none.
struct Found {
  double value = 0;
  std::string missing;  ///< empty when there is a number
};

class RunFolder {
 public:
  /// Reads run.json: "synthetic" (true or false) and "declared" [{"survey", "analysis", "folder"}, ...].
  /// Throws InputError if the file is absent, broken or lacks one of them.
  explicit RunFolder(const std::filesystem::path& run);
  ~RunFolder();
  RunFolder(RunFolder&&) noexcept;

  const std::filesystem::path& path() const { return path_; }
  bool synthetic() const { return synthetic_; }
  const std::vector<Declared>& declared() const { return declared_; }

  /// The number at `place` of the analysis stored in `folder`. Missing when the file, the row, the column or the number
  /// is absent, or when several rows fit. Throws InputError on a file that cannot be read as CSV or JSON.
  Found find(const Place& place, const std::string& folder) const;

 private:
  struct Files;
  std::filesystem::path path_;
  bool synthetic_ = false;
  std::vector<Declared> declared_;
  std::unique_ptr<Files> files_;  ///< what was read so far
};

/// The run itself, or the runs one level below (jobs that hold several surveys), in the order of their names.
/// Throws InputError if there is none, if one is synthetic, or if two declare the same analysis.
std::vector<RunFolder> runs_to_verify(const std::filesystem::path& path);

}  // namespace meridian::verification
