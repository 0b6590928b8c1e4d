#include "commands/permutation_folder.hpp"

#include <fmt/format.h>

#include "findings/files.hpp"
#include "uncertainty/interval_table.hpp"
#include "uncertainty/permutation.hpp"
#include "uncertainty/permutation_table.hpp"
#include "uncertainty/replicate_units.hpp"
#include "uncertainty/resampling_findings.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

findings::Section section_of(const fs::path& folder, const storage::Plan& plan, bool enumerated,
                             std::int64_t permutations, const std::string& unit) {
  const std::string analysis = plan.entry("analysis"), test = plan.entry("test");
  findings::Section section;
  section.id = fmt::format("{}-permuted-{}", analysis, test);
  section.title = fmt::format("{}: permutation test, {}", analysis, test);
  section.folder = "resampling/" + folder.filename().string();
  section.after = analysis;
  section.paragraphs = {fmt::format("{} permutations ({}) of whole {}.", permutations,
                                    enumerated ? "all there are" : "drawn at random, seed " + plan.entry("seed"),
                                    unit)};
  if (!plan.entry("adjusted for").empty())
    section.paragraphs.push_back(
        fmt::format("Covariates allowed for (Freedman and Lane): {}.", plan.entry("adjusted for")));
  return section;
}

}  // namespace

findings::Section finish_permutation(const fs::path& folder, std::size_t permutations) {
  const auto store = storage::UnitStore::open(folder);
  const findings::Table observed = findings::read_table(folder / "observed.json");
  const Eigen::MatrixXd permuted = uncertainty::read_replicates(store, permutations);
  uncertainty::write_replicate_master(store, permutations);
  const bool enumerated = !store.plan().entry("replicates there are").empty();
  findings::Section section = section_of(folder, store.plan(), enumerated, permuted.rows(),
                                         std::get<std::string>(observed.rows.front()[observed.column("unit")]));
  section.tables = {uncertainty::permutation_table(observed, permuted, enumerated),
                    uncertainty::distribution_table(observed, permuted)};
  section.paragraphs.insert(section.paragraphs.begin(),
                            uncertainty::permutation_sentence(section.tables.front(), store.plan().entry("analysis"),
                                                              store.plan().entry("test")));
  const std::string exchanged = uncertainty::exchange_words(store.plan().entry("test"));
  if (auto figure = uncertainty::permutation_figure(observed, permuted, exchanged))
    section.figures.push_back(std::move(*figure));
  for (const findings::Table& table : section.tables) findings::write_table(table, folder);
  return section;
}

std::string permutation_text(const findings::Section& section) {
  const findings::Table& table = section.tables.front();
  std::string text = fmt::format("{:<44} {:>11} {:>9} {:>10} {:>10}\n", "", "estimate", "T", "p", "max-T p");
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("{:<44} {:>11.6f} {:>9.3f} {:>10.4g} {:>10.4g}\n",
                        std::get<std::string>(table.rows[row][table.column("term")]),
                        uncertainty::number_of(table, row, "estimate"), uncertainty::number_of(table, row, "statistic"),
                        uncertainty::number_of(table, row, "p_value"), uncertainty::number_of(table, row, "max_t_p"));
  return text;
}

}  // namespace meridian::commands
