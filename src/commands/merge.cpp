// meridian merge: parts of a resampling, computed by tasks of a job array, as one.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "commands/bootstrap_folder.hpp"
#include "commands/commands.hpp"
#include "commands/permutation_folder.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "storage/array_file.hpp"
#include "storage/digest.hpp"
#include "storage/durable.hpp"
#include "storage/run_lock.hpp"
#include "storage/units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

[[noreturn]] void differ(const fs::path& one, const fs::path& other) {
  throw InputError(other.string(), "other contents than " + one.string(), "parts of one resampling",
                   "Merge parts that were computed with the same program and the same options.");
}

/// A unit that is there already must be the same.
void take_unit(const storage::UnitStore& part, const storage::UnitStore& into, std::size_t unit) {
  const fs::path from = part.unit_path(unit);
  if (!storage::intact(from))
    throw InputError(from.string(), "a damaged unit", "contents that fit their checksum",
                     "Compute it again: the command of that part with --repair.");
  if (into.done(unit)) {
    if (storage::sha256_file(from) != storage::sha256_file(into.unit_path(unit))) differ(into.unit_path(unit), from);
    return;
  }
  into.commit(unit, [&](const fs::path& file) { fs::copy_file(from, file, fs::copy_options::overwrite_existing); });
}

void take_store(const fs::path& part, const fs::path& into) {
  const auto from = storage::UnitStore::open(part);
  const auto store = storage::UnitStore::create_or_open(into, from.plan());
  for (std::size_t unit = 0; unit < from.extent(); ++unit)
    if (from.done(unit)) take_unit(from, store, unit);
}

/// What the full sample gives, from which the replicates are read: estimates of a bootstrap, observed statistics of a
/// permutation test. Numbers must agree; captions need not, for in a run of synthetic answers they say so.
void take_estimates(const fs::path& part, const fs::path& into, bool permutations) {
  const std::string stem = permutations ? "observed" : "estimates", numbers = stem + ".csv";
  if (fs::exists(into / numbers) && storage::sha256_file(part / numbers) != storage::sha256_file(into / numbers))
    differ(into / numbers, part / numbers);
  for (const std::string& name : {numbers, stem + ".json"}) {
    if (fs::exists(into / name)) continue;
    fs::copy_file(part / name, storage::part_of(into / name), fs::copy_options::overwrite_existing);
    storage::publish(into / name);
  }
}

/// Folders of similarity blocks in a part of a run: its own, or those of a job of jobs one level below.
std::vector<fs::path> similarity_of(const fs::path& part) {
  if (fs::exists(part / "similarity" / "manifest.json")) return {"similarity"};
  std::vector<fs::path> found;
  if (fs::is_directory(part))
    for (const auto& entry : fs::directory_iterator(part))
      if (fs::exists(entry.path() / "similarity" / "manifest.json"))
        found.push_back(entry.path().filename() / "similarity");
  std::sort(found.begin(), found.end());
  return found;
}

/// Says how many blocks are there; replicate computes what is missing.
void tell_blocks(const fs::path& folder) {
  const auto store = storage::UnitStore::open(folder);
  const std::size_t missing = store.missing().size();
  runtime::info(fmt::format("{}: {} of {} blocks{}", folder.string(), store.plan().units - missing, store.plan().units,
                            missing == 0 ? "" : "; meridian replicate computes the rest"));
}

void merge_similarity(const std::vector<std::string>& parts, const fs::path& into) {
  std::set<fs::path> stores;
  for (const std::string& part : parts)
    for (const fs::path& store : similarity_of(part)) {
      take_store(fs::path(part) / store, into / store);
      stores.insert(store);
    }
  for (const fs::path& store : stores) tell_blocks(into / store);
}

/// All replicates of the units, which must be there without a gap, or as many as were asked for.
std::size_t replicates_in(const storage::UnitStore& store, std::size_t wanted) {
  const std::size_t per_unit = store.plan().per_unit;
  const std::size_t units = wanted > 0 ? (wanted + per_unit - 1) / per_unit : store.extent();
  const auto missing = store.missing(0, units);
  if (!missing.empty())
    throw InputError(store.folder().string(),
                     fmt::format("no unit {} ({} are missing)", missing.front(), missing.size()), "units without a gap",
                     "Merge the parts that hold them, or run the command of the parts for the rest.");
  return wanted > 0 ? wanted : units * per_unit;
}

bool of_permutations(const fs::path& folder) { return storage::UnitStore::open(folder).plan().kind == "permutation"; }

void merge_resampling(const std::vector<std::string>& parts, const fs::path& into, std::size_t wanted, bool report) {
  for (const std::string& part : parts) {
    take_store(part, into);
    take_estimates(part, into, of_permutations(part));
    if (fs::exists(fs::path(part) / "jackknife" / "manifest.json"))
      take_store(fs::path(part) / "jackknife", into / "jackknife");
  }
  const std::size_t replicates = replicates_in(storage::UnitStore::open(into), wanted);
  const findings::Section section =
      of_permutations(into) ? finish_permutation(into, replicates) : finish_bootstrap(into, replicates);
  report_resampling(into, section, report);
  runtime::info(fmt::format("{}: {} replicates", into.string(), replicates));
}

void merge(const po::variables_map& values, const Context&) {
  if (values.count("into") == 0 || values.count("part") == 0)
    throw InputError("merge needs --into DIR and parts. Example: " + merge_command().example);
  const std::int64_t wanted = values["replicates"].as<std::int64_t>();
  if (wanted < 0)
    throw InputError("--replicates", std::to_string(wanted), "0 (all) or more", "Name how many replicates count.");
  const fs::path into = values["into"].as<std::string>();
  const fs::path run = run_of(into);
  const storage::RunLock lock(run.empty() ? into : run);
  const auto parts = values["part"].as<std::vector<std::string>>();
  if (!similarity_of(parts.front()).empty()) return merge_similarity(parts, into);
  merge_resampling(parts, into, static_cast<std::size_t>(wanted), values.count("skip-report") == 0);
}

}  // namespace

Command merge_command() {
  Command command;
  command.name = "merge";
  command.summary = "put the parts of a job array together";
  command.description =
      "Takes the units of parts into one folder. Parts of a run (meridian replicate --units A:B --out PART) give its "
      "similarity blocks; meridian replicate --out DIR goes on from them. Parts of a resampling (meridian bootstrap or "
      "permute --units A:B --out PART) give the same files as a single run would have. Parts must come from the same "
      "inputs and options; a unit that two parts "
      "hold must be the same in both. If the folder is RUN/resampling/NAME, the run's report and digest follow.";
  command.example = "meridian merge --into runs/mfq2/resampling/rq1-two-way parts/task-*";
  command.options.add_options()("into", po::value<std::string>()->value_name("DIR"), "folder of the whole (required)")(
      "part", po::value<std::vector<std::string>>()->composing()->value_name("PART"),
      "folders of the parts (required)")("replicates", po::value<std::int64_t>()->default_value(0)->value_name("N"),
                                         "how many replicates count, as asked for of the parts; 0: all of the units")(
      "skip-report",
      "leave the run's page as it is: several merges need one, which meridian report or replicate writes");
  command.positional = {"part"};
  command.run = merge;
  return command;
}

}  // namespace meridian::commands
