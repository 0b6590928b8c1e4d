#include "models/gauss_hermite.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace meridian::models {

namespace {

/// Orthonormal Hermite polynomials p_0 ... p_count at x: sqrt(j + 1) p_{j+1} = x p_j - sqrt(j) p_{j-1}.
Eigen::VectorXd orthonormal_hermite(int count, double x) {
  Eigen::VectorXd p(count + 1);
  p[0] = 1;
  for (int j = 0; j < count; ++j)
    p[j + 1] = (x * p[j] - (j > 0 ? std::sqrt(double(j)) * p[j - 1] : 0.0)) / std::sqrt(double(j + 1));
  return p;
}

}  // namespace

QuadratureRule gauss_hermite(int nodes) {
  Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(nodes, nodes);
  for (int j = 1; j < nodes; ++j) jacobi(j, j - 1) = jacobi(j - 1, j) = std::sqrt(double(j));
  QuadratureRule rule;
  rule.nodes = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(jacobi).eigenvalues();
  rule.weights.resize(nodes);
  for (int k = 0; k < nodes; ++k) {
    for (int step = 0; step < 2; ++step) {  // p_n' = sqrt(n) p_{n-1}: eigenvalues polished to the last digits
      const Eigen::VectorXd p = orthonormal_hermite(nodes, rule.nodes[k]);
      rule.nodes[k] -= p[nodes] / (std::sqrt(double(nodes)) * p[nodes - 1]);
    }
    rule.weights[k] = 1 / orthonormal_hermite(nodes, rule.nodes[k]).head(nodes).squaredNorm();
  }
  return rule;
}

}  // namespace meridian::models
