#pragma once
// Welch's t test per model: are people of the first nation as similar to it as people of the second?
#include "analysis/descriptives.hpp"

namespace meridian::analysis {

/// welch_t: llm, llm_name, origin, mean_1, mean_2, estimate, statistic, df, p_value, conf_low, conf_high, std_error;
/// variant "none", 1 and 2 the two nations in code-point order. make_layout checks that there are two.
findings::Table welch_table(const panel::Panel& panel, const Layout& layout, const Moments& moments);

}  // namespace meridian::analysis
