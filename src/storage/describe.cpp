// What `meridian info` prints, for any file or folder of ours.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "error.hpp"
#include "findings/files.hpp"
#include "storage/array_file.hpp"
#include "storage/array_inspection.hpp"
#include "storage/manifest.hpp"
#include "tables/csv.hpp"

namespace meridian::storage {
namespace {

namespace fs = std::filesystem;

std::string shape_text(const std::vector<Extent>& shape) { return fmt::format("{}", fmt::join(shape, " x ")); }

/// Labels in short: the first few and the last.
std::string labels_text(const std::vector<std::string>& labels) {
  constexpr std::size_t shown = 4;
  if (labels.size() <= shown + 1) return fmt::format("{}", fmt::join(labels, ", "));
  return fmt::format("{}, ..., {}", fmt::join(labels.begin(), labels.begin() + shown, ", "), labels.back());
}

std::string state_text(const OpenArrayFile& file, const std::string& name) {
  const std::vector<VirtualPart> parts = file.parts(name);
  if (parts.empty()) {
    const std::string damage = file.damage(name);
    return damage.empty() ? "checksum right" : "DAMAGED: " + damage;
  }
  std::size_t missing = 0;
  for (const VirtualPart& part : parts) missing += !fs::exists(file.path().parent_path() / part.file);
  return missing == 0 ? fmt::format("{} parts, all present", parts.size())
                      : fmt::format("{} parts, {} MISSING", parts.size(), missing);
}

std::string describe_dataset(const OpenArrayFile& file, const std::string& name) {
  std::string text = fmt::format("  {}: {} {}, {}, {}\n", name, shape_text(file.shape(name)), file.type(name),
                                 file.layout(name), state_text(file, name));
  const auto attributes = file.attributes(name);
  if (attributes.count(axes_attribute))
    for (const Axis& axis : file.axes(name))
      text += fmt::format("    axis {}: {} ({})\n", axis.name, axis.labels.size(), labels_text(axis.labels));
  for (const auto& [key, value] : attributes)
    if (key != checksum_attribute && key != axes_attribute) text += fmt::format("    {} = {}\n", key, value);
  return text;
}

std::string describe_arrays(const fs::path& path) {
  const OpenArrayFile file(path);
  std::string text = fmt::format("{}: arrays (HDF5)\n", path.string());
  for (const std::string& name : file.datasets()) text += describe_dataset(file, name);
  return text;
}

std::string describe_store(const fs::path& folder) {
  const UnitStore store = UnitStore::open(folder);
  const Plan& plan = store.plan();
  const std::size_t missing = store.missing(0, store.extent()).size(), done = store.extent() - missing;
  std::string text =
      plan.total == 0
          ? fmt::format("{}: {} in units of {}, {} done\n", folder.string(), plan.kind, plan.per_unit, done)
          : fmt::format("{}: {} in {} units of {} ({} in all), {} done{}\n", folder.string(), plan.kind, plan.units,
                        plan.per_unit, plan.total, done, missing == 0 ? "" : fmt::format(", {} to do", missing));
  for (const auto& [name, value] : plan.fingerprint) text += fmt::format("  {} = {}\n", name, value);
  return text;
}

std::string describe_findings_table(const fs::path& file) {
  const findings::Table table = findings::read_table(file);
  std::string text = fmt::format("{}: table '{}', {} rows\n", file.string(), table.title, table.rows.size());
  for (const findings::Column& column : table.columns)
    text += fmt::format("  {}{}\n", column.name, column.unit.empty() ? "" : " [" + column.unit + "]");
  return text + (table.caption.empty() ? "" : "  " + table.caption + "\n");
}

std::string describe_csv(const fs::path& file) {
  tables::CsvReader reader(file);
  std::size_t rows = 0;
  while (reader.next()) ++rows;
  return fmt::format("{}: table of {} rows, columns {}\n", file.string(), rows, fmt::join(reader.header(), ", "));
}

std::string describe_document(const fs::path& run) {
  const findings::Document document = findings::read_document(run);
  std::string text =
      fmt::format("{}: {}{}\n", run.string(), document.title, document.synthetic ? " (synthetic data)" : "");
  for (const findings::Section& section : document.sections)
    text += fmt::format("  {}: {} ({} tables, {} notes)\n", section.id, section.title, section.tables.size(),
                        section.notes.size());
  return text;
}

/// A run folder: its findings and every folder of units in it.
std::string describe_folder(const fs::path& folder) {
  if (fs::exists(manifest_path(folder))) return describe_store(folder);
  std::string text;
  if (fs::exists(folder / "findings.json")) text += describe_document(folder);
  std::vector<fs::path> stores;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().filename() == "manifest.json") stores.push_back(entry.path().parent_path());
  std::sort(stores.begin(), stores.end());
  for (const fs::path& store : stores) text += describe_store(store);
  if (text.empty())
    throw InputError(folder.string(), "neither findings nor units", "a run folder", "Give the folder named by --out.");
  return text;
}

}  // namespace

std::string describe(const fs::path& path) {
  if (!fs::exists(path)) throw InputError(path.string(), "nothing", "a file or folder of a run", "Check the path.");
  if (fs::is_directory(path)) return describe_folder(path);
  const std::string extension = path.extension().string();
  if (path.filename() == "manifest.json") return describe_store(path.parent_path());
  if (path.filename() == "findings.json") return describe_document(path.parent_path());
  if (extension == ".h5") return describe_arrays(path);
  if (extension == ".json") return describe_findings_table(path);
  if (extension == ".csv" || extension == ".tsv") return describe_csv(path);
  throw InputError(path.string(), "'" + extension + "'", "a file of ours: .h5, .json, .csv, or a run folder",
                   "Give one of these.");
}

}  // namespace meridian::storage
