#include "storage/unit_progress.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <system_error>

#include "storage/manifest.hpp"
#include "storage/units.hpp"

namespace meridian::storage {
namespace {

namespace fs = std::filesystem;
using Times = std::vector<fs::file_time_type>;

/// The rate is that of the newest units, so that a pause before a resume is soon forgotten.
constexpr std::size_t kRateUnits = 32;

Times finish_times(const UnitStore& store) {
  Times times;
  for (std::size_t unit = 0, units = store.extent(); unit < units; ++unit) {
    std::error_code absent;
    const auto time = fs::last_write_time(store.unit_path(unit), absent);
    if (!absent) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  return times;
}

double seconds_between(fs::file_time_type from, fs::file_time_type to) {
  return std::chrono::duration<double>(to - from).count();
}

double rate(const Times& times) {
  const std::size_t units = std::min(kRateUnits, times.size());
  if (units < 2) return 0;
  const double seconds = seconds_between(times[times.size() - units], times.back());
  return seconds > 0 ? static_cast<double>(units - 1) / seconds : 0;
}

UnitProgress progress_of(const fs::path& run, const fs::path& folder) {
  const UnitStore store = UnitStore::open(folder);
  const Times times = finish_times(store);
  const Plan& plan = store.plan();
  UnitProgress progress{
      fs::relative(folder, run).string(), plan.prefix, times.size(), plan.units, plan.per_unit, rate(times), 0};
  if (!times.empty())
    progress.seconds_silent = std::max(0.0, seconds_between(times.back(), fs::file_time_type::clock::now()));
  return progress;
}

}  // namespace

std::vector<UnitProgress> units_of_run(const fs::path& run) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::recursive_directory_iterator(run, fs::directory_options::skip_permission_denied))
    if (entry.path() == manifest_path(entry.path().parent_path())) folders.push_back(entry.path().parent_path());
  std::sort(folders.begin(), folders.end());
  std::vector<UnitProgress> all;
  for (const fs::path& folder : folders) all.push_back(progress_of(run, folder));
  return all;
}

std::optional<LockOwner> owner_of_run(const fs::path& run) {
  std::ifstream stream(run / "lock.json");
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  LockOwner owner;
  if (!from_json(text, owner)) return std::nullopt;
  return owner;
}

}  // namespace meridian::storage
