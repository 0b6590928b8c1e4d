#include "audit/governance.hpp"

#include <set>

namespace meridian::audit {

using findings::Kind;

findings::Table governance_summary(const std::vector<std::pair<std::string, std::vector<SummaryEntry>>>& layers) {
  findings::Table table{"governance_summary",
                        "Governance summary",
                        "Per model: the layer that looked at it, the figure, its interval and how that was made, what "
                        "the figure rests on (n, in the layer's units), and what to beware of.",
                        {{"model", Kind::text, ""},
                         {"layer", Kind::text, ""},
                         {"metric", Kind::text, ""},
                         {"value", Kind::real, ""},
                         {"conf_low", Kind::real, ""},
                         {"conf_high", Kind::real, ""},
                         {"interval", Kind::text, ""},
                         {"n", Kind::integer, ""},
                         {"caution", Kind::text, ""}},
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
