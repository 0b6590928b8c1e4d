#pragma once
// Which columns of a design are linear combinations of earlier ones.
#include <Eigen/Core>
#include <vector>

namespace meridian::models {

/// Indices of the independent columns, ascending, as R's qr(x, tol = 1e-7) (LINPACK's dqrdc2 with limited pivoting)
/// keeps them: from left to right, a column is set aside when what earlier ones leave of its norm is below tolerance
/// times the norm. `multiplicity` (empty: 1): how often each row counts.
std::vector<Eigen::Index> independent_columns(const Eigen::MatrixXd& x, const std::vector<double>& multiplicity,
                                              double tolerance = 1e-7);

}  // namespace meridian::models
