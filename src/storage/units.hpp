#pragma once
// One unit of work on disk: written aside, synced, renamed. A unit is done when its final name exists; nothing is
// appended.
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "storage/digest.hpp"
#include "storage/run_lock.hpp"

namespace meridian::storage {

/// What decides the content of the units. Two runs with the same fingerprint give the same bytes.
/// Entries are (name, value): input digests, options that affect results, the numerics version.
using Fingerprint = std::vector<std::pair<std::string, std::string>>;

struct Plan {
  std::string kind;    ///< "similarity", "resampling"
  std::string prefix;  ///< file stem, "block" -> block-000012.h5
  std::string suffix = ".h5";
  std::size_t units = 0;     ///< 0 with total 0: open-ended, as many as anybody asks for
  std::size_t per_unit = 0;  ///< people or replicates per unit; never depends on ranks or threads
  std::size_t total = 0;     ///< people or replicates in all; 0: open-ended
  Fingerprint fingerprint;
  /// Value of an entry of the fingerprint; empty if there is none.
  std::string entry(const std::string& name) const;
};

/// A folder of units. The manifest (manifest.json) is the plan, written once by whoever creates the store.
class UnitStore {
 public:
  /// Creates the folder and manifest, or opens them. With several ranks only one creates; the others open() after a
  /// barrier. Throws InputError if the stored plan differs, naming each entry with both values and the remedy (--fresh,
  /// or another --out), or if units lie there without a manifest; Error(bug) if units x per_unit does not fit total.
  static UnitStore create_or_open(const std::filesystem::path& folder, const Plan& plan);
  /// Opens an existing store; throws InputError if there is none or its manifest is unreadable.
  static UnitStore open(const std::filesystem::path& folder);

  const Plan& plan() const { return plan_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path unit_path(std::size_t unit) const;
  bool done(std::size_t unit) const;
  /// Units of the plan; of an open-ended one, one more than the highest that is there.
  std::size_t extent() const;
  /// Units without their final file, ascending: of the plan, or among [first, last).
  std::vector<std::size_t> missing() const { return missing(0, plan_.units); }
  std::vector<std::size_t> missing(std::size_t first, std::size_t last) const;
  /// Calls write(part_path); then fsync, rename, fsync of the folder. Leaves no final file if write throws.
  void commit(std::size_t unit, const std::function<void(const std::filesystem::path&)>& write) const;
  /// Forgets a unit (a damaged one that is to be computed again).
  void discard(std::size_t unit) const;

 private:
  UnitStore(std::filesystem::path folder, Plan plan) : folder_(std::move(folder)), plan_(std::move(plan)) {}
  std::filesystem::path folder_;
  Plan plan_;
};

/// Done units whose content does not match its checksum, ascending.
std::vector<std::size_t> damaged_units(const UnitStore& store);

}  // namespace meridian::storage
