// meridian status: how far a run is, also while it works or after it was killed.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "commands/commands.hpp"
#include "error.hpp"
#include "runtime/progress.hpp"
#include "runtime/signals.hpp"
#include "storage/unit_progress.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using Json = nlohmann::ordered_json;

/// A unit that takes this many times as long as the others did is worth a word.
constexpr double kSilentUnits = 20;
constexpr double kSilentSeconds = 60;

struct RunStatus {
  Json record;  ///< run.json; null while the run is not complete
  std::vector<storage::UnitProgress> units;
  std::optional<storage::LockOwner> owner;
};

Json record_of(const fs::path& run) {
  std::ifstream stream(run / "run.json");
  if (!stream) return nullptr;
  const Json record = Json::parse(stream, nullptr, false);
  return record.is_object() && record.value("complete", false) ? record : Json(nullptr);
}

RunStatus look_at(const fs::path& run) {
  return {record_of(run), storage::units_of_run(run), storage::owner_of_run(run)};
}

bool working(const RunStatus& status) { return status.owner && storage::may_live(*status.owner); }

bool unfinished(const RunStatus& status) {
  for (const storage::UnitProgress& units : status.units)
    if (units.done < units.total) return true;
  return status.record.is_null();
}

bool silent(const storage::UnitProgress& units) {
  return units.done < units.total && units.per_second > 0 && units.seconds_silent > kSilentSeconds &&
         units.seconds_silent * units.per_second > kSilentUnits;
}

std::string owner_line(const RunStatus& status) {
  if (!status.owner) return "nobody works on it";
  const storage::LockOwner& owner = *status.owner;
  if (!storage::may_live(owner))
    return fmt::format("process {} on {} worked on it from {} and ended without notice", owner.process, owner.host,
                       owner.since);
  return fmt::format("process {} on {} works on it since {}", owner.process, owner.host, owner.since);
}

std::string units_line(const storage::UnitProgress& units, bool at_work) {
  if (units.total == 0) {
    const std::string rate = units.per_second > 0 ? fmt::format(", {:.3g} units/s", units.per_second) : "";
    return fmt::format("{:32} {} units of {} {} so far{}", units.folder, units.done, units.per_unit, units.unit, rate);
  }
  std::string line = fmt::format("{:32} {}/{} {}s", units.folder, units.done, units.total, units.unit);
  if (units.done == units.total || units.per_second <= 0) return line;
  line += fmt::format("  {:.3g} {}s/s", units.per_second, units.unit);
  if (!at_work) return line;
  return line + fmt::format("  {} left",
                            runtime::duration_text(static_cast<double>(units.total - units.done) / units.per_second));
}

std::string in_words(const fs::path& run, const RunStatus& status) {
  std::string text = run.string() + ": " + owner_line(status) + "\n";
  for (const storage::UnitProgress& units : status.units) text += "  " + units_line(units, working(status)) + "\n";
  for (const storage::UnitProgress& units : status.units)
    if (working(status) && silent(units))
      text += fmt::format("  warning: {}: no new {} for {}; at the rate before there should be one every {}\n",
                          units.folder, units.unit, runtime::duration_text(units.seconds_silent),
                          runtime::duration_text(1 / units.per_second));
  if (!unfinished(status))
    text += fmt::format("  {} since {}, digest {}\n",
                        working(status) ? "replicates are added to a run that is complete" : "complete",
                        status.record.value("finished", "?"), status.record.value("digest", "?"));
  else if (!working(status))
    text += "  not complete: run the same command again to go on\n";
  return text;
}

std::string as_json(const fs::path& run, const RunStatus& status) {
  Json json = {{"run", run.string()}, {"complete", !unfinished(status)}, {"working", working(status)}};
  if (status.owner)
    json["owner"] = {{"host", status.owner->host}, {"process", status.owner->process}, {"since", status.owner->since}};
  if (!status.record.is_null()) json["digest"] = status.record.value("digest", "");
  json["units"] = Json::array();
  for (const storage::UnitProgress& units : status.units)
    json["units"].push_back({{"folder", units.folder},
                             {"done", units.done},
                             {"total", units.total},
                             {"per_second", units.per_second},
                             {"seconds_silent", units.seconds_silent}});
  return json.dump(2) + "\n";
}

/// The run itself, or the runs of a job of jobs below it.
std::vector<fs::path> runs_below(const fs::path& folder) {
  const auto is_run = [](const fs::path& path) {
    return fs::exists(path / "similarity") || fs::exists(path / "run.json") || fs::exists(path / "resampling");
  };
  if (is_run(folder)) return {folder};
  std::vector<fs::path> runs;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() && is_run(entry.path())) runs.push_back(entry.path());
  std::sort(runs.begin(), runs.end());
  if (runs.empty() && !storage::owner_of_run(folder))
    throw InputError("RUN", "'" + folder.string() + "', where nothing was started", "the --out of a run",
                     "Check the spelling.");
  return runs;
}

/// Prints all runs once; true if one of them still works.
bool show(const fs::path& folder, bool json) {
  bool any_works = false;
  for (const fs::path& run : runs_below(folder)) {
    const RunStatus status = look_at(run);
    fmt::print("{}", json ? as_json(run, status) : in_words(run, status));
    any_works = any_works || working(status);
  }
  std::fflush(stdout);
  const auto owner = storage::owner_of_run(folder);
  return any_works || (owner && storage::may_live(*owner));
}

void sleep_until_next(double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end && !runtime::stop_requested())
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

void status(const po::variables_map& options, const Context&) {
  if (options.count("run") == 0) throw InputError("status needs a RUN. Example: " + status_command().example);
  const fs::path folder = options["run"].as<std::string>();
  if (!fs::is_directory(folder))
    throw InputError("RUN", "'" + folder.string() + "'", "the folder of a run", "Check the spelling.");
  const double every = options["every"].as<double>();
  if (!(every > 0)) throw InputError("--every", fmt::format("{}", every), "seconds above 0", "Leave it out for 2.");
  const bool watch = options.count("watch") > 0, json = options.count("json") > 0;
  while (show(folder, json) && watch && !runtime::stop_requested()) sleep_until_next(every);
}

}  // namespace

Command status_command() {
  Command command;
  command.name = "status";
  command.summary = "how far a run is, also while it works";
  command.description =
      "Shows who works in a run folder, how many units of each kind are finished, the rate of the newest ones and the "
      "remaining time, and whether the run is complete. A rate that broke off is a warning: the folder's owner may "
      "hang. Reads only; a run is never disturbed.";
  command.example = "meridian status runs/mfq2 --watch";
  command.options.add_options()("run", po::value<std::string>()->value_name("RUN"),
                                "the folder of a run or of several runs (required)")(
      "watch", "again and again until nobody works on it")(
      "every", po::value<double>()->default_value(2)->value_name("SECONDS"), "pause of --watch")(
      "json", "for programs: one JSON object per run");
  command.positional = {"run"};
  command.run = status;
  return command;
}

}  // namespace meridian::commands
