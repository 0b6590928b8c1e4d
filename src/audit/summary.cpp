#include "audit/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace meridian::audit
