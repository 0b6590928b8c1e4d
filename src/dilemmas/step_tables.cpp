#include "dilemmas/step_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "findings/columns.hpp"
#include "inference/proportion.hpp"

namespace meridian::dilemmas {
namespace {

using findings::Cell;
using findings::Column;
using findings::integer_column;
using findings::real_column;
using findings::text_column;

const Column kModel = text_column("model"), kValue = text_column("value"), kLow = real_column("conf_low"),
             kHigh = real_column("conf_high");
const char* const kBootstrap = "Percentile intervals, bootstrap over dilemmas.";

}  // namespace

findings::Table score_table(const StepResults& results) {
  findings::Table table{"scores",
                        "Preference scores of the values",
                        std::string("Share of its contests that a value won, less one half (-0.5 to 0.5); rank 1 is "
                                    "the highest score of the step, ties share the mean; step all: all steps "
                                    "together. Weighted by n the scores of a step sum to 0. ") +
                            kBootstrap,
                        {kModel, text_column("step"), kValue, integer_column("n", "choices"), real_column("score"),
                         kLow, kHigh, real_column("rank")},
                        {}};
  const StatisticPlaces places = places_of(results);
  for (std::size_t m = 0; m < results.profiles.size(); ++m)
    for (std::size_t step = 0; step <= results.labels.steps; ++step) {
      const bool all = step == results.labels.steps;
      const Eigen::VectorXd met = appearances(all ? pooled(results.wins[m]) : results.wins[m][step]);
      for (std::size_t value = 0; value < results.labels.values.size(); ++value) {
        const auto s = static_cast<Eigen::Index>(step), v = static_cast<Eigen::Index>(value);
        const StepProfile& profile = results.profiles[m];
        const auto& limits = results.limits[places.score(m, step, value)];
        table.add({results.contests.models[m], all ? std::string("all") : std::to_string(step + 1),
                   results.labels.values[value], static_cast<std::int64_t>(met[v]),
                   all ? profile.pooled[v] : profile.scores(s, v), limits.low, limits.high,
                   all ? Cell() : Cell(profile.ranks(s, v))});
      }
    }
  return table;
}

findings::Table win_table(const StepResults& results, double confidence) {
  findings::Table table{"wins",
                        "Which value is chosen over which",
                        "Per model and pair of values that meet, over all steps: wins of value over other in n "
                        "meetings; share with Wilson's interval.",
                        {kModel, kValue, text_column("other"), integer_column("wins", "choices"),
                         integer_column("n", "choices"), real_column("share"), kLow, kHigh},
                        {}};
  for (std::size_t m = 0; m < results.wins.size(); ++m) {
    const Eigen::MatrixXd wins = pooled(results.wins[m]);
    for (Eigen::Index u = 0; u < wins.rows(); ++u)
      for (Eigen::Index v = 0; v < wins.cols(); ++v) {
        const auto won = static_cast<std::int64_t>(wins(u, v)), met = won + static_cast<std::int64_t>(wins(v, u));
        if (met == 0) continue;
        const inference::Interval limits = inference::wilson_interval(won, met, confidence);
        table.add({results.contests.models[m], results.labels.values[static_cast<std::size_t>(u)],
                   results.labels.values[static_cast<std::size_t>(v)], won, met,
                   static_cast<double>(won) / static_cast<double>(met), limits.low, limits.high});
      }
  }
  return table;
}

findings::Table volatility_table(const StepResults& results) {
  findings::Table table{"rank_changes",
                        "How far a value's rank moves from step to step",
                        std::string("Mean absolute change of the rank between consecutive steps. ") + kBootstrap,
                        {kModel, kValue, real_column("volatility"), kLow, kHigh},
                        {}};
  const StatisticPlaces places = places_of(results);
  for (std::size_t m = 0; m < results.profiles.size(); ++m)
    for (std::size_t value = 0; value < results.labels.values.size(); ++value) {
      const auto& limits = results.limits[places.volatility(m, value)];
      table.add({results.contests.models[m], results.labels.values[value],
                 results.profiles[m].volatility[static_cast<Eigen::Index>(value)], limits.low, limits.high});
    }
  return table;
}

findings::Table steadiness_table(const StepResults& results) {
  findings::Table table{"steadiness",
                        "How steady the order of the values is over the steps",
                        std::string("volatility: mean over steps and values of the absolute change of rank; spearman: "
                                    "mean rho of consecutive steps; kendall_w: concordance of all steps, corrected for "
                                    "ties. ") +
                            kBootstrap,
                        {kModel, text_column("statistic"), real_column("estimate"), kLow, kHigh},
                        {}};
  const StatisticPlaces places = places_of(results);
  for (std::size_t m = 0; m < results.profiles.size(); ++m) {
    const StepProfile& profile = results.profiles[m];
    const auto add = [&](const std::string& name, double estimate, std::size_t place) {
      table.add({results.contests.models[m], name, estimate, results.limits[place].low, results.limits[place].high});
    };
    add("volatility", profile.mean_volatility, places.mean_volatility(m));
    add("spearman", profile.mean_spearman, places.mean_spearman(m));
    add("kendall_w", profile.kendall_w, places.kendall_w(m));
  }
  return table;
}

findings::Table stability_table(const StepResults& results) {
  findings::Table table{
      "stability_over_models",
      "Do the models keep their order on a value?",
      std::string("Spearman's rho over models of the scores in two consecutive steps, and the mean "
                  "of the steps (from and to empty). ") +
          kBootstrap,
      {kValue, integer_column("from", "step"), integer_column("to", "step"), real_column("rho"), kLow, kHigh},
      {}};
  const StatisticPlaces places = places_of(results);
  for (std::size_t value = 0; value < results.labels.values.size(); ++value) {
    const auto v = static_cast<Eigen::Index>(value);
    for (Eigen::Index s = 0; s < results.stability.rows(); ++s)
      if (!std::isnan(results.stability(s, v)))
        table.add({results.labels.values[value], static_cast<std::int64_t>(s + 1), static_cast<std::int64_t>(s + 2),
                   results.stability(s, v), results.limits[places.stability(static_cast<std::size_t>(s), value)].low,
                   results.limits[places.stability(static_cast<std::size_t>(s), value)].high});
    const auto& limits = results.limits[places.mean_stability(value)];
    if (const double rho = mean_stability(results.stability, v); !std::isnan(rho))
      table.add({results.labels.values[value], Cell(), Cell(), rho, limits.low, limits.high});
  }
  return table;
}

findings::Table meeting_table(const StepLabels& labels) {
  findings::Table table{"meetings",
                        "Which values meet in the dilemmas",
                        "Labelled steps by pair of values, the most frequent first.",
                        {text_column("first"), text_column("second"), integer_column("steps", "steps")},
                        {}};
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> counts;
  for (const auto& [a, b] : labels.labels)
    if (a != StepLabels::npos) ++counts[{std::min(a, b), std::max(a, b)}];
  std::vector<std::pair<std::int64_t, std::pair<std::size_t, std::size_t>>> order;
  for (const auto& [pair, count] : counts) order.push_back({-count, pair});
  std::sort(order.begin(), order.end());
  for (const auto& [count, pair] : order) table.add({labels.values[pair.first], labels.values[pair.second], -count});
  return table;
}

}  // namespace meridian::dilemmas
