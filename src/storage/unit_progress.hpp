#pragma once
// How far the units of a run have come, seen from outside: also while other processes write them.
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "storage/lock_owner.hpp"

namespace meridian::storage {

struct UnitProgress {
  std::string folder;  ///< relative to the run
  std::string unit;    ///< what one unit is called, "block"; of open ends what it holds, "replicates"
  std::size_t done = 0;
  std::size_t total = 0;  ///< 0: replicates, of which more can always be asked for
  std::size_t per_unit = 0;
  double per_second = 0;      ///< by the times of the newest finished units; 0: too few to tell
  double seconds_silent = 0;  ///< since the newest unit was finished; 0: none is
};

/// Every folder of units below the run, in the order of their paths. Throws InputError for an unreadable manifest.
std::vector<UnitProgress> units_of_run(const std::filesystem::path& run);

/// Who holds the run's lock, if anybody does.
std::optional<LockOwner> owner_of_run(const std::filesystem::path& run);

}  // namespace meridian::storage
