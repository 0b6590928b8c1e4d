#pragma once
// Do groups of models differ? One table of tests for every metric of a layer: permutation tests between the levels of a
// registry column, paired tests within families, trends along numbers. docs/statistics.md, "Groups of models".
#include <string>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::audit {

struct ModelValue {
  std::string metric, model;
  double value = 0;  ///< NaN: this model has none
};

/// A layer's summary as values to compare.
std::vector<ModelValue> values_of(const std::vector<SummaryEntry>& summary);

/// One row per metric, registry column and pair of its levels, and per trend: columns metric, column, test (groups,
/// paired, trend, trend within families), first, second, n_first, n_second, estimate (first minus second; Spearman's
/// rho), conf_low, conf_high, p_value, permutations, permuted (all, sampled), p_step_down over the metrics of
/// one comparison, p_holm over the table. No rows without a
/// registry or where no comparison has two models on each side (paired: two families; trend: three models).
findings::Table group_tests(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                            const Settings& settings);

}  // namespace meridian::audit
