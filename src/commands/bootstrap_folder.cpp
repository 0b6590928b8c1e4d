#include "commands/bootstrap_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "commands/run_study.hpp"
#include "commands/table_source.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "uncertainty/interval_table.hpp"
#include "uncertainty/item_jackknife.hpp"
#include "uncertainty/replicate_units.hpp"
#include "uncertainty/resampling_findings.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

/// The last column of the jackknife's replicates is the stratum of the unit left out.
uncertainty::Jackknife read_jackknife(const fs::path& folder) {
  uncertainty::Jackknife jackknife;
  if (!fs::exists(folder / "manifest.json")) return jackknife;
  const auto store = storage::UnitStore::open(folder);
  const auto units = std::strtoull(store.plan().entry("replicates there are").c_str(), nullptr, 10);
  if (units == 0 || !store.missing(0, uncertainty::units_for(store.plan(), units)).empty()) return jackknife;
  jackknife = uncertainty::split_jackknife(uncertainty::read_replicates(store, units));
  return jackknife;
}

/// Of a table, whose factors the schemes' names do not name: what was drawn, and what the limits say nothing of.
std::string drawn_words(const storage::Plan& plan, const std::string& scheme) {
  const std::string people = plan.entry("drawn as people"), models = plan.entry("drawn as models");
  if (people.empty() || scheme == "parametric") return "";
  const std::string drawn = scheme == "people" ? people : scheme == "models" ? models : people + " and of " + models;
  return fmt::format(": levels of {} drawn again, those of every other group as they are", drawn);
}

std::string replicate_words(const storage::UnitStore& store, std::size_t replicates) {
  const std::string& scheme = store.plan().entry("scheme");
  if (scheme == "items")
    return fmt::format("{} removal variants as leave-one-out replicates: items as a sample", replicates);
  return fmt::format("{} replicates of scheme {}, seed {}{}", replicates, scheme, store.plan().entry("seed"),
                     drawn_words(store.plan(), scheme));
}

findings::Section section_of(const fs::path& folder, const storage::UnitStore& store) {
  const std::string analysis = store.plan().entry("analysis"), scheme = store.plan().entry("scheme");
  findings::Section section;
  section.id = analysis + "-resampled-" + scheme;
  section.title = fmt::format("{}: bootstrap, {}", analysis, scheme);
  section.folder = "resampling/" + folder.filename().string();
  section.after = analysis + "-model";
  return section;
}

bool of_items(const storage::UnitStore& store) { return store.plan().entry("scheme") == "items"; }

}  // namespace

findings::Section finish_bootstrap(const fs::path& folder, std::size_t replicates) {
  const auto store = storage::UnitStore::open(folder);
  const findings::Table estimates = findings::read_table(folder / "estimates.json");
  const auto values = uncertainty::read_replicates(store, replicates);
  uncertainty::write_replicate_master(store, replicates);
  findings::Section section = section_of(folder, store);
  section.tables = {of_items(store)
                        ? uncertainty::item_intervals(estimates, values)
                        : uncertainty::intervals_table(estimates, values, read_jackknife(folder / "jackknife")),
                    estimates};
  section.notes = uncertainty::replicate_notes(estimates, values);
  const std::string words = replicate_words(store, replicates);
  const std::string gap =
      uncertainty::intervals_sentence(section.tables.front(), store.plan().entry("analysis"), words);
  section.paragraphs = {gap.empty() ? words + "." : gap};
  if (auto figure = uncertainty::intervals_figure(section.tables.front(), words))
    section.figures.push_back(std::move(*figure));
  for (const findings::Table& table : section.tables) findings::write_table(table, folder);
  return section;
}

std::string intervals_so_far(const fs::path& folder) {
  const auto store = storage::UnitStore::open(folder);
  const findings::Table estimates = findings::read_table(folder / "estimates.json");
  const auto values = uncertainty::read_finished(store);
  if (values.rows() == 0) return folder.string() + ": no unit is finished yet\n";
  findings::Section section;
  section.tables = {of_items(store) ? uncertainty::item_intervals(estimates, values)
                                    : uncertainty::intervals_table(estimates, values, {})};
  return fmt::format("{}: {} replicates so far\n", folder.string(), values.rows()) + intervals_text(section);
}

std::string intervals_text(const findings::Section& section) {
  static const std::set<std::string> shown = {"fixed effect", "contrast", "gap", "difference of gaps", "statistic"};
  const findings::Table& table = section.tables.front();
  const auto named = [](const findings::Column& column) { return column.name == "jackknife_low"; };
  const bool jackknife = std::any_of(table.columns.begin(), table.columns.end(), named);
  const char* const low = jackknife ? "jackknife_low" : "percentile_low";
  const char* const high = jackknife ? "jackknife_high" : "percentile_high";
  std::string text = section.paragraphs.empty() ? "" : section.paragraphs.front() + "\n";
  text += fmt::format("{:<64} {:>11} {:>11} {:>11} {:>11}\n", "", "estimate", "std_error", "2.5 %", "97.5 %");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto& quantity = std::get<std::string>(table.rows[row][table.column("quantity")]);
    const auto& name = std::get<std::string>(table.rows[row][table.column("name")]);
    if (shown.count(quantity))
      text +=
          fmt::format("{:<64} {:>11.6f} {:>11.6f} {:>11.6f} {:>11.6f}\n", quantity + ": " + name,
                      uncertainty::number_of(table, row, "estimate"), uncertainty::number_of(table, row, "std_error"),
                      uncertainty::number_of(table, row, low), uncertainty::number_of(table, row, high));
  }
  return text;
}

fs::path run_of(const fs::path& folder) {
  const fs::path parent = fs::absolute(folder).lexically_normal().parent_path();
  const fs::path run = parent.parent_path();
  const bool inside = parent.filename() == "resampling" && (fs::exists(run / "run.json") || has_table_source(run));
  return inside ? run : fs::path();
}

void report_resampling(const fs::path& folder, const findings::Section& section, bool report) {
  const fs::path run = run_of(folder);
  if (run.empty()) return;
  add_section(run, section, folder.filename().string(), report);
}

}  // namespace meridian::commands
