#include "audit/bootstrap.hpp"

#include "audit/replicate_limits.hpp"
#include "resampling/weights.hpp"

namespace meridian::audit {

Eigen::MatrixXd bootstrap_replicates(const Team& team, const Settings& settings, const std::string& purpose,
                                     const resampling::Strata& strata, std::size_t statistics,
                                     const Statistics& compute) {
  return shared_rows(team, settings.replicates, statistics, [&](std::size_t replicate) {
    return compute(
        resampling::multinomial_weights(strata, resampling::DrawSize::all, settings.seed, purpose, replicate));
  });
}

std::vector<inference::Interval> bootstrap_limits(const Team& team, const Settings& settings,
                                                  const std::string& purpose, const resampling::Strata& strata,
                                                  std::size_t statistics, const Statistics& compute) {
  const Eigen::MatrixXd replicates = bootstrap_replicates(team, settings, purpose, strata, statistics, compute);
  std::vector<inference::Interval> limits;
  for (Eigen::Index column = 0; column < replicates.cols(); ++column)
    limits.push_back(replicate_limits(replicates.col(column), settings.confidence));
  return limits;
}

}  // namespace meridian::audit
