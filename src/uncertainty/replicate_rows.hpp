#pragma once
// One batch of replicates on the threads of a rank.
#include <Eigen/Core>
#include <cstddef>
#include <functional>

namespace meridian::uncertainty {

/// Calls row(r) for r = 0 ... count - 1 on several threads; row r of the result is what it returned (`statistics`
/// values). The first failure is thrown again. The result does not depend on the number of threads.
Eigen::MatrixXd replicate_rows(std::size_t count, Eigen::Index statistics, int threads,
                               const std::function<Eigen::VectorXd(Eigen::Index)>& row);

}  // namespace meridian::uncertainty
