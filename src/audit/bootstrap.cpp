#include "audit/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "resampling/weights.hpp"

namespace meridian::audit {
namespace {

inference::Interval limits_of(const Eigen::VectorXd& replicates, double confidence) {
  std::vector<double> sorted;
  for (const double value : replicates)
    if (!std::isnan(value)) sorted.push_back(value);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (sorted.empty()) return {nan, nan};
  std::sort(sorted.begin(), sorted.end());
  return inference::percentile_interval(sorted, confidence);
}

}  // namespace

std::vector<inference::Interval> bootstrap_limits(const Team& team, const Settings& settings,
                                                  const std::string& purpose, const resampling::Strata& strata,
                                                  std::size_t statistics, const Statistics& compute) {
  const Eigen::MatrixXd replicates = shared_rows(team, settings.replicates, statistics, [&](std::size_t replicate) {
    return compute(
        resampling::multinomial_weights(strata, resampling::DrawSize::all, settings.seed, purpose, replicate));
  });
  std::vector<inference::Interval> limits;
  for (Eigen::Index column = 0; column < replicates.cols(); ++column)
    limits.push_back(limits_of(replicates.col(column), settings.confidence));
  return limits;
}

}  // namespace meridian::audit
