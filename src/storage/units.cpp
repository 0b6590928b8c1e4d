#include "storage/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "storage/durable.hpp"
#include "storage/manifest.hpp"

namespace meridian::storage {
namespace {

namespace fs = std::filesystem;

void check_plan(const Plan& plan) {
  if (plan.per_unit == 0 || plan.units != (plan.total + plan.per_unit - 1) / plan.per_unit)
    throw Error(ExitCode::bug, fmt::format("plan '{}': {} units of {} do not make {}", plan.kind, plan.units,
                                           plan.per_unit, plan.total));
}

/// Units without a plan may come from any input: they are never trusted.
void refuse_orphans(const UnitStore& store) {
  for (std::size_t unit = 0; unit < store.extent(); ++unit)
    if (store.done(unit))
      throw InputError(store.folder().string(), store.unit_path(unit).filename().string() + " but no manifest.json",
                       "both or none", "Start again with --fresh, or choose another folder with --out.");
}

}  // namespace

std::string Plan::entry(const std::string& name) const {
  for (const auto& [key, value] : fingerprint)
    if (key == name) return value;
  return "";
}

UnitStore UnitStore::create_or_open(const fs::path& folder, const Plan& plan) {
  check_plan(plan);
  if (fs::exists(manifest_path(folder))) {
    UnitStore stored = open(folder);
    require_same(stored.plan(), plan, folder);
    return stored;
  }
  UnitStore store(folder, plan);
  refuse_orphans(store);
  write_manifest(folder, plan);
  return store;
}

UnitStore UnitStore::open(const fs::path& folder) { return {folder, read_manifest(folder)}; }

fs::path UnitStore::unit_path(std::size_t unit) const {
  return folder_ / fmt::format("{}-{:06}{}", plan_.prefix, unit, plan_.suffix);
}

bool UnitStore::done(std::size_t unit) const {
  std::error_code unreadable;
  return fs::exists(unit_path(unit), unreadable);
}

std::size_t UnitStore::extent() const {
  if (plan_.total > 0 || !fs::exists(folder_)) return plan_.units;
  std::size_t extent = 0;
  const std::string stem = plan_.prefix + "-";
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(stem, 0) != 0) continue;
    const std::size_t unit = std::strtoull(name.c_str() + stem.size(), nullptr, 10);
    if (entry.path() == unit_path(unit)) extent = std::max(extent, unit + 1);
  }
  return extent;
}

std::vector<std::size_t> UnitStore::missing(std::size_t first, std::size_t last) const {
  std::vector<std::size_t> units;
  for (std::size_t unit = first; unit < last; ++unit)
    if (!done(unit)) units.push_back(unit);
  return units;
}

void UnitStore::commit(std::size_t unit, const std::function<void(const fs::path&)>& write) const {
  const fs::path file = unit_path(unit), part = part_of(file);
  try {
    write(part);
  } catch (...) {
    std::error_code gone_already;
    fs::remove(part, gone_already);
    throw;
  }
  publish(file);
}

void UnitStore::discard(std::size_t unit) const {
  std::error_code problem;
  fs::remove(unit_path(unit), problem);
  if (problem)
    throw InputError(unit_path(unit).string() + ": cannot be removed (" + problem.message() +
                     "). Check the folder's permissions.");
}

std::vector<std::size_t> damaged_units(const UnitStore& store) {
  std::vector<std::size_t> damaged;
  for (std::size_t unit = 0; unit < store.extent(); ++unit)
    if (store.done(unit) && !intact(store.unit_path(unit))) damaged.push_back(unit);
  return damaged;
}

}  // namespace meridian::storage
