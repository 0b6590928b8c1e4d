#include "audit/replicate_limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace meridian::audit {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<double> present(const Eigen::VectorXd& replicates) {
  std::vector<double> values;
  for (const double value : replicates)
    if (!std::isnan(value)) values.push_back(value);
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

inference::Interval replicate_limits(const Eigen::VectorXd& replicates, double confidence) {
  const std::vector<double> sorted = present(replicates);
  return sorted.empty() ? inference::Interval{kNone, kNone} : inference::percentile_interval(sorted, confidence);
}

double replicate_p(const Eigen::VectorXd& differences) {
  const std::vector<double> sorted = present(differences);
  if (sorted.empty()) return kNone;
  const auto below = std::upper_bound(sorted.begin(), sorted.end(), 0.0) - sorted.begin();
  const auto above = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), 0.0);
  const auto fewer = static_cast<double>(std::min(below, above) + 1);
  return std::min(1.0, 2 * fewer / static_cast<double>(sorted.size() + 1));
}

}  // namespace meridian::audit
