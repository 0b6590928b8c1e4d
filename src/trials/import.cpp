#include "trials/import.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>

#include "error.hpp"
#include "storage/digest.hpp"
#include "storage/units.hpp"
#include "tables/csv.hpp"
#include "trials/store.hpp"

namespace meridian::trials {
namespace {

namespace fs = std::filesystem;

/// Raised by hand whenever a change of the parser or of the stored columns changes what is stored.
constexpr const char* import_version = "1";
constexpr std::size_t lines_per_unit = 65536;
constexpr std::size_t lines_per_wide_unit = 4096;  // a line may hold a thousand answers

tables::RecordMapping mapping_of(const ImportRequest& request) {
  tables::RecordMapping mapping = tables::read_record_mapping(request.mapping, trial_fields());
  for (const auto& [name, value] : request.constants) {
    const std::size_t field = mapping.find(name);
    if (field == tables::RecordMapping::npos)
      throw InputError("--set", "'" + name + "'", fmt::format("one of {}", fmt::join(trial_fields(), ", ")),
                       "Correct the name.");
    mapping.fields[field].constant = value;
  }
  return mapping;
}

/// Lines of a file, or records of a document: an upper bound of MappedReader::line().
std::size_t count_lines(const fs::path& file, const tables::RecordMapping& mapping) {
  if (mapping.format == tables::RecordFormat::json) {
    tables::MappedReader rows(file, mapping);
    std::size_t records = 1;
    while (rows.next()) records = rows.line();
    return records;
  }
  std::ifstream input(file, std::ios::binary);
  std::vector<char> buffer(std::size_t{1} << 20);
  std::size_t lines = 1;
  while (input.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || input.gcount() > 0)
    lines += static_cast<std::size_t>(std::count(buffer.data(), buffer.data() + input.gcount(), '\n'));
  return lines;
}

storage::Plan plan_of(const ImportRequest& request, const tables::RecordMapping& mapping) {
  const bool wide = !mapping.wide_prefix.empty() || !mapping.dictionary_name.empty();
  storage::Plan plan;
  plan.kind = "import";
  plan.prefix = "trials";
  plan.total = count_lines(request.file, mapping);
  plan.per_unit = wide ? lines_per_wide_unit : lines_per_unit;
  plan.units = (plan.total + plan.per_unit - 1) / plan.per_unit;
  plan.fingerprint = {{"import version", import_version},
                      {"file", storage::sha256_file(request.file)},
                      {"mapping", storage::sha256_file(request.mapping)}};
  for (const fs::path& file : request.definitions)
    plan.fingerprint.emplace_back(file.filename().string(), storage::sha256_file(file));
  for (const auto& [name, value] : request.constants) plan.fingerprint.emplace_back("set " + name, value);
  return plan;
}

/// The folder of an earlier import of the very same, else the next free one.
fs::path folder_for(const fs::path& store, const storage::Plan& plan) {
  const std::vector<fs::path> folders = import_folders(store);
  for (const fs::path& folder : folders)
    if (storage::UnitStore::open(folder).plan().fingerprint == plan.fingerprint) return folder;
  return store / fmt::format("import-{:04}", folders.size() + 1);
}

/// Imports one file; units in order, so that a unit's content depends on what stands before it in the store alone.
class Importer {
 public:
  Importer(const ImportRequest& request, const tables::RecordMapping& mapping, const TrialContext& context,
           const storage::UnitStore& units, ImportSummary& summary)
      : request_(request), records_(request.file, mapping, context), units_(units), summary_(summary) {
    for (const fs::path& folder : import_folders(request.store)) {
      if (folder == units.folder()) break;
      const storage::UnitStore earlier = storage::UnitStore::open(folder);
      if (!earlier.missing().empty())
        throw InputError(folder.string(), "an unfinished import", "imports finished one after the other",
                         "Finish it with the same command, or remove the folder.");
      for (std::size_t unit = 0; unit < earlier.plan().units; ++unit) load(read_trial_unit(earlier.unit_path(unit)));
    }
  }

  void run() {
    while (units_.done(unit_) && unit_ < units_.plan().units) keep_unit();
    while (read_record()) continue;
    while (unit_ < units_.plan().units) finish_unit();
  }

 private:
  void load(const TrialUnit& unit) {
    for (const Trial& trial : unit.trials) cells_.take(trial.key, trial.answer);
  }

  void keep_unit() {
    const TrialUnit unit = read_trial_unit(units_.unit_path(unit_));
    load(unit);
    count(unit);
    ++unit_;
  }

  void count(const TrialUnit& unit) {
    summary_.trials += static_cast<std::int64_t>(unit.trials.size());
    for (const Trial& trial : unit.trials) ++summary_.outcomes.at(static_cast<std::size_t>(trial.answer.outcome));
    for (const Problem& problem : unit.problems) {
      ++(problem.kind == Problem::Kind::unreadable ? summary_.unreadable : summary_.repeated);
      if (summary_.first_problems.size() < 20) summary_.first_problems.push_back(problem.text);
    }
  }

  bool read_record() {
    try {
      if (!records_.next()) return false;
      reach(records_.line());
      if (unit_of(records_.line()) == unit_) keep(records_.trial());
    } catch (const tables::RecordError& error) {
      reach(records_.line());
      if (unit_of(records_.line()) != unit_) return true;  // stored before the interruption
      if (request_.strict) throw;
      content_.problems.push_back({Problem::Kind::unreadable, error.what()});
    }
    return true;
  }

  void keep(Trial& trial) {
    if (trial.key.iteration < 0) trial.key.iteration = cells_.next_iteration(trial.key);
    if (cells_.take(trial.key, trial.answer))
      content_.trials.push_back(std::move(trial));
    else
      content_.problems.push_back(
          {Problem::Kind::repeated, fmt::format("{}: {} came before", records_.where(), describe(trial.key))});
  }

  std::size_t unit_of(std::size_t line) const { return (std::max<std::size_t>(line, 1) - 1) / units_.plan().per_unit; }

  void reach(std::size_t line) {
    while (unit_of(line) > unit_) finish_unit();
  }

  void finish_unit() {
    const std::string origin = request_.file.filename().string();
    units_.commit(unit_, [&](const fs::path& part) { write_trial_unit(part, content_, origin); });
    count(content_);
    content_ = {};
    ++unit_;
  }

  const ImportRequest& request_;
  TrialRecords records_;
  const storage::UnitStore& units_;
  ImportSummary& summary_;
  TrialCells cells_;
  TrialUnit content_;
  std::size_t unit_ = 0;
};

/// A unit that was lost behind finished ones: what follows it was judged beside it and is read again too.
void drop_units_after_a_gap(const storage::UnitStore& units) {
  const std::vector<std::size_t> missing = units.missing();
  if (missing.empty()) return;
  for (std::size_t unit = missing.front(); unit < units.plan().units; ++unit)
    if (units.done(unit)) units.discard(unit);
}

/// A wrong mapping or dictionary is no import of nothing.
void require_trials(const ImportRequest& request, const ImportSummary& summary) {
  if (summary.trials + summary.repeated > 0) return;
  const std::string first = summary.first_problems.empty() ? "no lines" : summary.first_problems.front();
  throw InputError(request.file.string(),
                   fmt::format("no trial, and {} unreadable lines ({})", summary.unreadable, first),
                   "answers that the mapping and the items know", "Check --mapping, --items and the file");
}

}  // namespace

ImportSummary import_trials(const ImportRequest& request, const TrialContext& context) {
  const tables::RecordMapping mapping = mapping_of(request);
  const storage::Plan plan = plan_of(request, mapping);
  ImportSummary summary;
  summary.folder = folder_for(request.store, plan);
  const storage::UnitStore units = storage::UnitStore::create_or_open(summary.folder, plan);
  const std::size_t missing = units.missing().size();
  summary.done_before = missing == 0;
  const bool begun_before = missing < plan.units;
  drop_units_after_a_gap(units);
  try {
    Importer(request, mapping, context, units, summary).run();
    require_trials(request, summary);
  } catch (const tables::RecordError&) {  // --strict
    fs::remove_all(summary.folder);
    throw;
  } catch (const InputError&) {  // as an unfinished import, what was refused would stand in the way of the next one
    if (!begun_before) fs::remove_all(summary.folder);
    throw;
  }
  return summary;
}

}  // namespace meridian::trials
