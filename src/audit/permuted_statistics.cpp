#include "audit/permuted_statistics.hpp"

namespace meridian::audit {

PermutedStatistics permuted_statistics(const resampling::Permutations& permutations, std::uint64_t sampled,
                                       const std::function<Eigen::VectorXd(const resampling::Labels&)>& statistics) {
  const bool all = permutations.enumerated();
  const std::uint64_t count = all ? permutations.count() : sampled;
  Eigen::MatrixXd values;
  for (std::uint64_t number = 0; number < count; ++number) {
    const Eigen::VectorXd found = statistics(permutations.labels(number));
    if (number == 0) values.resize(static_cast<Eigen::Index>(count), found.size());
    values.row(static_cast<Eigen::Index>(number)) = found.transpose();
  }
  return {std::move(values), all ? inference::Permuted::all : inference::Permuted::sampled};
}

}  // namespace meridian::audit
