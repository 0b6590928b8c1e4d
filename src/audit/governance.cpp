#include "audit/governance.hpp"

#include <set>

#include "findings/columns.hpp"

namespace meridian::audit {

using findings::integer_column;
using findings::real_column;
using findings::text_column;

findings::Table governance_summary(const std::vector<std::pair<std::string, std::vector<SummaryEntry>>>& layers) {
  findings::Table table{
      "governance_summary",
      "Governance summary",
      "Per model: the layer that looked at it, the figure, its interval and how that was made, what "
      "the figure rests on (n, in the layer's units), and what to beware of.",
      {text_column("model"), text_column("layer"), text_column("metric"), real_column("value"), real_column("conf_low"),
       real_column("conf_high"), text_column("interval"), integer_column("n"), text_column("caution")},
      {}};
  std::set<std::string> models;
  for (const auto& [layer, entries] : layers)
    for (const SummaryEntry& entry : entries) models.insert(entry.model);
  for (const std::string& model : models)
    for (const auto& [layer, entries] : layers)
      for (const SummaryEntry& entry : entries)
        if (entry.model == model)
          table.add({entry.model, layer, entry.metric, entry.value, entry.low, entry.high, entry.interval, entry.n,
                     entry.caution});
  return table;
}

}  // namespace meridian::audit
