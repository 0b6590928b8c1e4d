#pragma once
// Do two orders agree? Spearman's rho and Kendall's tau-b, as R's cor(). All vectors of one call have the same length.
#include <vector>

namespace meridian::inference {

/// Pearson's correlation; NaN when one side is constant or there are fewer than two values.
double pearson(const std::vector<double>& x, const std::vector<double>& y);

/// Pearson's correlation of the midranks.
double spearman(const std::vector<double>& x, const std::vector<double>& y);

/// (concordant - discordant pairs) / sqrt((pairs not tied in x) (pairs not tied in y)); NaN when one side is constant.
double kendall_tau_b(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace meridian::inference
