#include "storage/manifest.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "error.hpp"
#include "findings/files.hpp"

namespace meridian::storage {
namespace {

constexpr const char* format_name = "meridian units 1";

/// Everything two plans are compared by, as (name, value).
Fingerprint entries_of(const Plan& plan) {
  Fingerprint entries = {{"kind", plan.kind},
                         {"prefix", plan.prefix},
                         {"suffix", plan.suffix},
                         {"units", std::to_string(plan.units)},
                         {"per unit", std::to_string(plan.per_unit)},
                         {"total", std::to_string(plan.total)}};
  entries.insert(entries.end(), plan.fingerprint.begin(), plan.fingerprint.end());
  return entries;
}

std::string quoted(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "nothing" : "'" + found->second + "'";
}

}  // namespace

std::filesystem::path manifest_path(const std::filesystem::path& folder) { return folder / "manifest.json"; }

void write_manifest(const std::filesystem::path& folder, const Plan& plan) {
  nlohmann::ordered_json json = {{"format", format_name}, {"kind", plan.kind},
                                 {"prefix", plan.prefix}, {"suffix", plan.suffix},
                                 {"units", plan.units},   {"per_unit", plan.per_unit},
                                 {"total", plan.total},   {"fingerprint", nlohmann::ordered_json::array()}};
  for (const auto& [name, value] : plan.fingerprint) json["fingerprint"].push_back({{"name", name}, {"value", value}});
  findings::write_text(manifest_path(folder), json.dump(2) + "\n");
}

Plan read_manifest(const std::filesystem::path& folder) {
  const std::filesystem::path file = manifest_path(folder);
  std::ifstream input(file);
  if (!input)
    throw InputError(folder.string(), "no readable manifest.json", "a folder of units", "Check the path of the run.");
  const nlohmann::json json = nlohmann::json::parse(input, nullptr, false);
  Plan plan;
  try {
    if (json.at("format") != format_name)
      throw InputError(file.string(), json.at("format").dump(), format_name,
                       "Use the version that wrote it, or --fresh.");
    plan = {json.at("kind"),
            json.at("prefix"),
            json.at("suffix"),
            json.at("units"),
            json.at("per_unit"),
            json.at("total"),
            {}};
    for (const nlohmann::json& entry : json.at("fingerprint"))
      plan.fingerprint.emplace_back(entry.at("name"), entry.at("value"));
  } catch (const nlohmann::json::exception& problem) {
    throw InputError(file.string(), "damaged contents (" + std::string(problem.what()) + ")", "a manifest",
                     "Start again with --fresh, or choose another folder with --out.");
  }
  return plan;
}

void require_same(const Plan& stored, const Plan& wanted, const std::filesystem::path& folder) {
  const Fingerprint old_entries = entries_of(stored), new_entries = entries_of(wanted);
  const std::map<std::string, std::string> old_values(old_entries.begin(), old_entries.end());
  const std::map<std::string, std::string> new_values(new_entries.begin(), new_entries.end());
  std::map<std::string, std::string> both = old_values;
  both.insert(new_values.begin(), new_values.end());
  std::string differences;
  for (const auto& [name, value] : both)
    if (quoted(old_values, name) != quoted(new_values, name))
      differences += fmt::format("\n  {}: stored {}, now {}", name, quoted(old_values, name), quoted(new_values, name));
  if (!differences.empty())
    throw InputError(
        fmt::format("{}: what is stored there was made from other input or options:{}\n"
                    "Go on with the old ones, start again with --fresh, or choose another folder with --out.",
                    folder.string(), differences));
}

}  // namespace meridian::storage
