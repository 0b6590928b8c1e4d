#pragma once
// Inverse of a symmetric matrix within the memory of its Cholesky factor.
#include <Eigen/Core>

namespace meridian::models {

/// The upper triangle holds u with a = u'u and then holds that of a^-1; what is below the diagonal is neither read nor
/// written.
void invert_from_factor(Eigen::Ref<Eigen::MatrixXd> upper);

}  // namespace meridian::models
