#include "audit/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tables/text.hpp"

namespace meridian::audit {
namespace {

constexpr double kLevel = 0.05;

/// How many tests of the layer hold when all of them are corrected together; empty without tests.
std::string test_sentence(const findings::Section& layer) {
  const auto table = std::find_if(layer.tables.begin(), layer.tables.end(),
                                  [](const findings::Table& one) { return one.name == "group_tests"; });
  if (table == layer.tables.end() || table->rows.empty()) return "";
  const std::size_t p = table->column("p_holm");
  const auto held = std::count_if(table->rows.begin(), table->rows.end(), [&](const auto& row) {
    const auto* value = std::get_if<double>(&row[p]);
    return value != nullptr && *value < kLevel;
  });
  return fmt::format(" Of {} tests between groups of models {} {} at p < .05 after correction for all of them (Holm).",
                     table->rows.size(), held == 0 ? "none" : fmt::format("{}", held), held == 1 ? "holds" : "hold");
}

}  // namespace

findings::Section summary_section(const std::vector<findings::Section>& layers, const LayerSummaries& summaries) {
  findings::Section section{"summary", "Summary", "tables/summary", {}, {}, {}};
  for (const findings::Section& layer : layers)
    section.paragraphs.push_back(layer.title + ": " + (layer.paragraphs.empty() ? "" : layer.paragraphs.front()) +
                                 test_sentence(layer));
  if (findings::Table table = overview(summaries); !table.rows.empty()) section.tables.push_back(std::move(table));
  return section;
}

std::vector<findings::Note> registry_notes(const std::vector<SummaryEntry>& summary, const ModelRegistry& registry) {
  if (registry.groups.empty() && registry.trends.empty()) return {};
  std::set<std::string> unknown;
  for (const SummaryEntry& entry : summary)
    if (!registry.knows(entry.model)) unknown.insert(entry.model);
  if (unknown.empty()) return {};
  const std::vector<std::string> names(unknown.begin(), unknown.end());
  return {{findings::Severity::warning, "model registry",
           "Not in it, and so in no test between groups of models: " + tables::shown_list(names, names.size()) + ".",
           "Add them to the registry, named as in the answers."}};
}

std::vector<findings::Note> governance_notes(const LayerSummaries& summaries) {
  std::size_t figures = 0, cautions = 0;
  for (const auto& [layer, entries] : summaries)
    for (const SummaryEntry& entry : entries) {
      ++figures;
      cautions += entry.caution.empty() ? 0 : 1;
    }
  if (cautions == 0) return {};
  return {{findings::Severity::caution, "governance summary",
           fmt::format("{} of its {} figures have a caution, in its last column.", cautions, figures),
           "Read it before a figure is quoted."}};
}

}  // namespace meridian::audit
