#include "commands/replicates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "commands/unit_loop.hpp"
#include "error.hpp"
#include "tables/csv.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

std::pair<std::size_t, std::size_t> range_from(const std::string& text) {
  const auto colon = text.find(':');
  std::int64_t first = -1, last = -1;
  const bool read = colon != std::string::npos && tables::parse_integer(text.substr(0, colon), first) &&
                    tables::parse_integer(text.substr(colon + 1), last);
  if (!read || first < 0 || last <= first)
    throw InputError("--units", "'" + text + "'", "A:B with 0 <= A < B (units A to B - 1)", "For example --units 0:15");
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

/// Which of the units wanted are missing; the first rank looks, so that all see the same.
std::vector<std::size_t> missing_units(const storage::UnitStore& store, std::size_t first, std::size_t last,
                                       const Context& context) {
  std::string bytes;
  if (context.world.is_root())
    for (const std::size_t unit : store.missing(first, last)) bytes += std::to_string(unit) + " ";
  bytes = context.world.broadcast(bytes);
  std::vector<std::size_t> units;
  for (std::size_t begin = 0; begin < bytes.size(); begin = bytes.find(' ', begin) + 1)
    units.push_back(std::strtoull(bytes.c_str() + begin, nullptr, 10));
  return units;
}

}  // namespace

void add_replicate_options(po::options_description& options) {
  options.add_options()("replicates", po::value<std::int64_t>()->default_value(1000)->value_name("N"),
                        "how many replicates; those already there are kept, so the number can grow")(
      "seed", po::value<std::uint64_t>()->default_value(1)->value_name("K"),
      "seed of the random numbers; a replicate depends on it and on its own number only")(
      "fresh", "discard earlier replicates in the same folder")("repair", "compute damaged units again")(
      "max-time", po::value<double>()->default_value(0)->value_name("MINUTES"),
      "stop cleanly (exit code 75) after this many minutes; 0: no limit");
}

void add_units_option(po::options_description& options) {
  options.add_options()("units", po::value<std::string>()->value_name("A:B"),
                        "compute units A to B - 1 only (one task of a job array); default: all that are missing");
}

std::optional<std::pair<std::size_t, std::size_t>> units_from(const po::variables_map& values) {
  if (values.count("units") == 0) return std::nullopt;
  return range_from(values["units"].as<std::string>());
}

ReplicateRun replicate_run_from(const po::variables_map& values) {
  ReplicateRun run;
  const std::int64_t replicates = values["replicates"].as<std::int64_t>();
  if (replicates < 1 || replicates > 100'000'000)
    throw InputError("--replicates", std::to_string(replicates), "1 to 100000000", "Name how many replicates you want");
  run.replicates = static_cast<std::size_t>(replicates);
  run.units = units_from(values);
  run.repair = values.count("repair") > 0;
  run.fresh = values.count("fresh") > 0;
  run.max_seconds = values["max-time"].as<double>() * 60;
  return run;
}

void discard_replicates(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "manifest.json")) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename() != "lock.json") std::filesystem::remove_all(entry.path());
}

storage::UnitStore compute_replicates(const resampling::ReplicateStudy& study, const std::filesystem::path& folder,
                                      const std::string& what, const ReplicateRun& run, const Context& context) {
  if (context.world.is_root()) {
    const auto store = storage::UnitStore::create_or_open(folder, uncertainty::replicate_plan(study));
    if (run.repair) remove_damaged(store);
  }
  context.world.barrier();
  const auto store = storage::UnitStore::open(folder);
  const std::size_t wanted = study.limit > 0 ? std::min(study.limit, run.replicates) : run.replicates;
  const std::size_t all = uncertainty::units_for(store.plan(), wanted);
  const std::size_t first = run.units ? std::min(run.units->first, all) : 0;
  const std::size_t last = run.units ? std::min(run.units->second, all) : all;
  UnitLoop loop{what,         "batches",       folder,   missing_units(store, first, last, context),
                last - first, run.max_seconds, run.start};
  run_units(
      loop, [&](std::size_t unit) { uncertainty::compute_batch(study, store, unit); }, context);
  context.world.barrier();
  return store;
}

}  // namespace meridian::commands
