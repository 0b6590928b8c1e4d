#include "trials/option_table.hpp"

#include <map>

#include "trials/store.hpp"

namespace meridian::trials {
namespace {

struct Sums {
  std::int64_t trials = 0;
  double mass = 0;
  std::map<int, double> probability;  ///< by option
};

}  // namespace

findings::Table option_table(const std::filesystem::path& store) {
  std::map<CellKey, Sums> cells;
  each_trial(store, [&](const Trial& trial) {
    if (trial.options.options.empty()) return;
    Sums& sums = cells[{trial.key.model, trial.key.language, trial.key.persona, trial.key.item}];
    ++sums.trials;
    sums.mass += trial.options.mass;
    for (const OptionProbability& option : trial.options.options) sums.probability[option.value] += option.probability;
  });
  findings::Table table;
  table.name = "option_distributions";
  table.title = "Distributions over the answer options";
  table.caption =
      "Mean over trials of the options' probabilities, from first-token log-probabilities or imported shares; mass: "
      "mean probability of all options' tokens before they were scaled to 1.";
  for (const char* name : {"llm", "language", "persona", "item"})
    table.columns.push_back({name, findings::Kind::text, ""});
  table.columns.push_back({"option", findings::Kind::integer, ""});
  table.columns.push_back({"probability", findings::Kind::real, ""});
  table.columns.push_back({"trials", findings::Kind::integer, ""});
  table.columns.push_back({"mass", findings::Kind::real, ""});
  for (const auto& [key, sums] : cells) {
    const auto n = static_cast<double>(sums.trials);
    for (const auto& [option, total] : sums.probability)
      table.add({key.model, key.language, key.persona, key.item, std::int64_t{option}, total / n, sums.trials,
                 sums.mass / n});
  }
  return table;
}

}  // namespace meridian::trials
