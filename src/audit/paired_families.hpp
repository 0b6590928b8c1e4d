#pragma once
// Two levels of a column within families of models (base and instruct of one series): every family is its own control.
#include <string>
#include <vector>

#include "audit/trend.hpp"

namespace meridian::audit {

struct ModelValue;

/// Mean of the first level minus mean of the second, for each family that has both, in the order of their names.
std::vector<double> family_differences(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                                       const std::string& column, const std::string& first, const std::string& second);

/// Their mean with Student's interval, and p of all patterns of their signs (sampled beyond `permutations` patterns).
Comparison paired_families(const std::vector<double>& differences, const Settings& settings);

/// Points of a trend whose strata are the families with at least two different values of the column; empty without a
/// family column or if there is no such family.
std::vector<TrendPoint> family_points(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                                      const std::string& column);

}  // namespace meridian::audit
