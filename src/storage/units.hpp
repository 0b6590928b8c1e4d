#pragma once
// One unit of work on disk: written aside, synced, renamed. A unit is done when its final name exists; nothing is appended.
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace meridian::storage {

/// What decides the content of the units. Two runs with the same fingerprint give the same bytes.
/// Entries are (name, value): input digests, options that affect results, the numerics version.
using Fingerprint = std::vector<std::pair<std::string, std::string>>;

struct Plan {
  std::string kind;     ///< "similarity", "resampling"
  std::string prefix;   ///< file stem, "block" -> block-000012.h5
  std::string suffix = ".h5";
  std::size_t units = 0;
  std::size_t per_unit = 0;  ///< people or replicates per unit; never depends on ranks or threads
  std::size_t total = 0;     ///< people or replicates in all
  Fingerprint fingerprint;
};

/// A folder of units. The manifest (manifest.json) is the plan, written once by whoever creates the store.
class UnitStore {
 public:
  /// Creates the folder and manifest, or opens them. Throws InputError if the stored fingerprint differs, naming each
  /// entry with both values and the remedy (--fresh, or another --out).
  static UnitStore create_or_open(const std::filesystem::path& folder, const Plan& plan);
  /// Opens an existing store; throws InputError if there is none or its manifest is unreadable.
  static UnitStore open(const std::filesystem::path& folder);

  const Plan& plan() const { return plan_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path unit_path(std::size_t unit) const;
  bool done(std::size_t unit) const;
  /// Units without their final file, ascending.
  std::vector<std::size_t> missing() const;
  /// Calls write(part_path); then fsync, rename, fsync of the folder. Leaves no final file if write throws.
  void commit(std::size_t unit, const std::function<void(const std::filesystem::path&)>& write) const;

 private:
  std::filesystem::path folder_;
  Plan plan_;
};

/// One owner per run folder. A dead owner's lock (same host, no such process) is taken over; a live one is awaited
/// `patience_seconds`, then InputError naming host, process and since when.
class RunLock {
 public:
  RunLock(const std::filesystem::path& run, double patience_seconds = 10);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  std::filesystem::path file_;
};

/// SHA-256 as 64 hexadecimal digits.
std::string sha256(const std::string& bytes);
std::string sha256_file(const std::filesystem::path& file);

/// digest.txt: one SHA-256 over the sorted lines "<path> <sha256>" of everything under similarity/ models/ tables/
/// resampling/; HDF5 files by dataset contents. Writes the per-file lines to digests.txt beside it.
std::string write_run_digest(const std::filesystem::path& run);
std::vector<std::pair<std::string, std::string>> run_digests(const std::filesystem::path& run);

}  // namespace meridian::storage
