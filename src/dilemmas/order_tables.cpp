// Whether preferences between values form an order: transitivity, cycles, strengths of Bradley and Terry.
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "dilemmas/step_tables.hpp"
#include "findings/columns.hpp"

namespace meridian::dilemmas {
namespace {

using findings::Cell;
using findings::Column;
using findings::integer_column;
using findings::real_column;
using findings::text_column;

const Column kModel = text_column("model"), kLow = real_column("conf_low"), kHigh = real_column("conf_high");

findings::Table empty_transitivity() {
  findings::Table table{
      "transitivity",
      "Is the preference between values an order?",
      "triads: triples of values whose three pairs are decided; zeta: Kendall & Babington Smith's "
      "consistence, only where every pair is decided; chains: ordered triples with u at least even with v "
      "and v with w, and how many of them violate weak, moderate and strong stochastic transitivity. "
      "Percentile intervals, bootstrap over dilemmas.",
      {kModel, integer_column("triads", "triples"), integer_column("cyclic", "triples"), real_column("cyclic_share"),
       kLow, kHigh, real_column("zeta"), real_column("zeta_low"), real_column("zeta_high"),
       integer_column("chains", "ordered triples")},
      {}};
  for (const std::string kind : {"weak", "moderate", "strong"})
    for (const Column& column : {integer_column(kind + "_violations", "ordered triples"), real_column(kind + "_share"),
                                 real_column(kind + "_low"), real_column(kind + "_high")})
      table.columns.push_back(column);
  return table;
}

}  // namespace

findings::Table transitivity_table(const StepResults& results) {
  findings::Table table = empty_transitivity();
  const StatisticPlaces places = places_of(results);
  for (std::size_t m = 0; m < results.transitivities.size(); ++m) {
    const Transitivity& one = results.transitivities[m];
    const auto& limits = results.limits[places.cyclic_share(m)];
    const auto& zeta = results.limits[places.zeta(m)];
    std::vector<Cell> row{results.contests.models[m],
                          one.triads,
                          one.cyclic,
                          one.cyclic_share,
                          limits.low,
                          limits.high,
                          one.zeta,
                          zeta.low,
                          zeta.high,
                          one.chains};
    for (std::size_t strength = 0; strength < 3; ++strength) {
      const auto& share = results.limits[places.violations(m, strength)];
      row.insert(row.end(), {std::array{one.weak, one.moderate, one.strong}[strength], one.violation_share(strength),
                             share.low, share.high});
    }
    table.add(std::move(row));
  }
  return table;
}

findings::Table cycle_table(const StepResults& results) {
  findings::Table table{"cycles",
                        "Values that beat each other in a circle",
                        "first is chosen over second, second over third, third over first: shares of their meetings.",
                        {kModel, text_column("first"), text_column("second"), text_column("third"),
                         real_column("share_12"), real_column("share_23"), real_column("share_31")},
                        {}};
  for (std::size_t m = 0; m < results.transitivities.size(); ++m) {
    const Eigen::MatrixXd wins = pooled(results.wins[m]);
    const auto share = [&](std::size_t u, std::size_t v) {
      const auto a = static_cast<Eigen::Index>(u), b = static_cast<Eigen::Index>(v);
      return wins(a, b) / (wins(a, b) + wins(b, a));
    };
    for (const auto& [u, v, w] : results.transitivities[m].cycles)
      table.add({results.contests.models[m], results.labels.values[u], results.labels.values[v],
                 results.labels.values[w], share(u, v), share(v, w), share(w, u)});
  }
  return table;
}

findings::Table strength_table(const StepResults& results, double confidence) {
  const double reach = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
  findings::Table table{"bradley_terry",
                        "Strengths of the values (Bradley-Terry)",
                        "logit of the share choosing u over v = strength of u less strength of v, over all steps; "
                        "strengths sum to 0. Standard errors and Wald's intervals take the choices as independent.",
                        {kModel, text_column("value"), real_column("strength"), real_column("std_error"), kLow, kHigh},
                        {}};
  for (std::size_t m = 0; m < results.strengths.size(); ++m)
    for (std::size_t value = 0; value < results.labels.values.size(); ++value)
      if (const auto v = static_cast<Eigen::Index>(value); !std::isnan(results.strengths[m].strength[v]))
        table.add({results.contests.models[m], results.labels.values[value], results.strengths[m].strength[v],
                   results.strengths[m].std_error[v],
                   results.strengths[m].strength[v] - reach * results.strengths[m].std_error[v],
                   results.strengths[m].strength[v] + reach * results.strengths[m].std_error[v]});
  return table;
}

findings::Table fit_table(const StepResults& results) {
  findings::Table table{
      "bradley_terry_fit",
      "Does one strength per value describe the choices?",
      "G^2 against a free share for every pair of values, chi-squared with df; a small p says that "
      "no single scale does. state: fitted, or why there is no fit.",
      {kModel, real_column("g_squared"), real_column("df"), real_column("p_value"), text_column("state")},
      {}};
  for (std::size_t m = 0; m < results.strengths.size(); ++m) {
    const BradleyTerry& fit = results.strengths[m];
    table.add({results.contests.models[m], fit.deviance, fit.df, fit.p_value,
               fit.undefined.empty() ? std::string("fitted") : fit.undefined});
  }
  return table;
}

}  // namespace meridian::dilemmas
