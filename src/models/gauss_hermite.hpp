#pragma once
// Gauss-Hermite quadrature for the standard normal density (Golub & Welsch 1969, Math. Comp. 23).
#include <Eigen/Core>

namespace meridian::models {

struct QuadratureRule {
  Eigen::VectorXd nodes, weights;  ///< weights sum to 1; symmetric about 0
};

/// Exact for polynomials up to degree 2 nodes - 1.
QuadratureRule gauss_hermite(int nodes);

}  // namespace meridian::models
