#pragma once
// Models and people in the plane of the first two principal components of their scores by value type: DEF's cultural
// variation map (Liu et al. 2025).
#include <Eigen/Core>
#include <array>

namespace meridian::opinions {

/// Centred, not scaled. Each component's loading of largest absolute value is positive (the first of equals), so that
/// the map does not depend on a sign that means nothing.
struct PrincipalPlane {
  Eigen::MatrixXd points;             ///< rows x 2
  Eigen::MatrixXd loadings;           ///< columns x 2
  std::array<double, 2> explained{};  ///< shares of the variance; NaN if nothing varies
};

/// At least one row and one column, finite; a component that does not exist is 0.
PrincipalPlane principal_plane(const Eigen::MatrixXd& rows);

}  // namespace meridian::opinions
