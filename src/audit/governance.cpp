#include "audit/governance.hpp"

#include <map>
#include <set>

#include "findings/columns.hpp"

namespace meridian::audit {

using findings::integer_column;
using findings::real_column;
using findings::text_column;

namespace {

std::set<std::string> models_of(const LayerSummaries& layers) {
  std::set<std::string> models;
  for (const auto& [layer, entries] : layers)
    for (const SummaryEntry& entry : entries) models.insert(entry.model);
  return models;
}

}  // namespace

findings::Table governance_summary(const LayerSummaries& layers) {
  findings::Table table{
      "governance_summary",
      "Governance summary",
      "Per model: the layer that looked at it, the figure, its interval and how that was made, what "
      "the figure rests on (n, in the layer's units), and what to beware of.",
      {text_column("model"), text_column("layer"), text_column("metric"), real_column("value"), real_column("conf_low"),
       real_column("conf_high"), text_column("interval"), integer_column("n"), text_column("caution")},
      {}};
  for (const std::string& model : models_of(layers))
    for (const auto& [layer, entries] : layers)
      for (const SummaryEntry& entry : entries)
        if (entry.model == model)
          table.add({entry.model, layer, entry.metric, entry.value, entry.low, entry.high, entry.interval, entry.n,
                     entry.caution});
  return table;
}

findings::Table overview(const LayerSummaries& layers) {
  findings::Table table{"overview",
                        "What the layers say, model by model",
                        "Intervals, cautions and what each figure rests on: the governance summary.",
                        {text_column("layer"), text_column("metric")},
                        {}};
  const std::set<std::string> models = models_of(layers);
  for (const std::string& model : models) table.columns.push_back(real_column(model));
  std::map<std::pair<std::string, std::string>, std::size_t> rows;
  for (const auto& [layer, entries] : layers)
    for (const SummaryEntry& entry : entries) {
      const auto [row, added] = rows.emplace(std::pair{layer, entry.metric}, table.rows.size());
      if (added) {
        table.rows.emplace_back(table.columns.size());
        table.rows.back()[0] = layer;
        table.rows.back()[1] = entry.metric;
      }
      table.rows[row->second][table.column(entry.model)] = entry.value;
    }
  return table;
}

}  // namespace meridian::audit
