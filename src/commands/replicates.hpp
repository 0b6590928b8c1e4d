#pragma once
// Replicates of any study by any number of ranks: what bootstrap, permute and the other resampling commands share.
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <utility>

#include "commands/command.hpp"
#include "resampling/replicate_study.hpp"
#include "storage/units.hpp"

namespace meridian::commands {

struct ReplicateRun {
  std::size_t replicates = 1000;
  std::optional<std::pair<std::size_t, std::size_t>> units;  ///< --units A:B: only these, [A, B)
  bool repair = false;
  double max_seconds = 0;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  bool report = true;  ///< write the report of the run anew; false: the caller does it, once after many
  bool fresh = false;
};

/// Adds --replicates, --seed, --fresh, --repair, --max-time.
void add_replicate_options(boost::program_options::options_description& options);
/// Adds --units, for commands whose replicates can be shared out among the tasks of a job array.
void add_units_option(boost::program_options::options_description& options);
/// The range [A, B) of --units A:B, if it was given. Throws InputError for anything but A < B.
std::optional<std::pair<std::size_t, std::size_t>> units_from(const boost::program_options::variables_map& values);
/// Throws InputError for values that make no sense.
ReplicateRun replicate_run_from(const boost::program_options::variables_map& values);

/// --fresh: removes the replicates of a folder and what was made of them; nothing if it holds none.
void discard_replicates(const std::filesystem::path& folder);

/// Creates or opens the store of `study` in `folder` and computes what is missing of it. Collective; throws Stopped as
/// run_units does, InputError if other replicates (another seed, other inputs) are stored there.
storage::UnitStore compute_replicates(const resampling::ReplicateStudy& study, const std::filesystem::path& folder,
                                      const std::string& what, const ReplicateRun& run, const Context& context);

}  // namespace meridian::commands
