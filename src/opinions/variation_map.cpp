#include "opinions/variation_map.hpp"

#include <Eigen/SVD>
#include <algorithm>
#include <limits>

namespace meridian::opinions {

PrincipalPlane principal_plane(const Eigen::MatrixXd& rows) {
  const Eigen::MatrixXd centred = rows.rowwise() - rows.colwise().mean();
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::Index kept = std::min<Eigen::Index>(2, svd.singularValues().size());
  const double variance = svd.singularValues().squaredNorm();
  PrincipalPlane plane{Eigen::MatrixXd::Zero(rows.rows(), 2), Eigen::MatrixXd::Zero(rows.cols(), 2), {0, 0}};
  for (Eigen::Index k = 0; k < kept; ++k) {
    Eigen::Index largest = 0;
    svd.matrixV().col(k).cwiseAbs().maxCoeff(&largest);
    const double sign = svd.matrixV()(largest, k) < 0 ? -1 : 1;
    plane.loadings.col(k) = sign * svd.matrixV().col(k);
    plane.points.col(k) = centred * plane.loadings.col(k);
    const double explained = svd.singularValues()(k) * svd.singularValues()(k) / variance;
    plane.explained[static_cast<std::size_t>(k)] = variance > 0 ? explained : std::numeric_limits<double>::quiet_NaN();
  }
  return plane;
}

}  // namespace meridian::opinions
