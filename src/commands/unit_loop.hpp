#pragma once
// The one loop over units of work: ranks take the missing ones from a shared counter.
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "storage/units.hpp"

namespace meridian::commands {

struct UnitLoop {
  std::string what;                  ///< in words, for the progress line: "similarity"
  std::string unit;                  ///< what is counted: "blocks", "batches"
  std::filesystem::path folder;      ///< where the units appear
  std::vector<std::size_t> missing;  ///< the same on every rank
  std::size_t total = 0;             ///< with those done before
  double max_seconds = 0;            ///< since `start`; 0: no limit
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

/// Calls compute(unit) for every missing unit, on whichever rank takes it. Collective. Throws Stopped on every rank
/// when one of them was asked to stop or the time is up (under Slurm also shortly before the job's end); what is
/// finished is kept. Ends with all ranks together, or, where others no longer answer, by runtime::Watchdog.
void run_units(const UnitLoop& loop, const std::function<void(std::size_t unit)>& compute, const Context& context);

/// --repair: forgets units whose checksum does not fit, with a warning each, so that they are computed again. Without
/// it a damaged unit is an error wherever it is read.
void remove_damaged(const storage::UnitStore& store);

}  // namespace meridian::commands
