#include "models/quadrature.hpp"

#include <cmath>
#include <limits>

#include "models/laplace.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// One level's integrand at the nodes: -loss + x^2 / 2 + log weight, and residuals row by row.
struct NodeValues {
  VectorXd effect, share;    ///< u at the nodes; normalised contributions to the integral
  Eigen::MatrixXd residual;  ///< rows of the level x nodes
  double log_sum = 0;
};

NodeValues evaluate_nodes(const ModeProblem& problem, std::size_t level, const VectorXd& fixed, double theta,
                          double centre, double spread, const QuadratureRule& rule) {
  const Index first = problem.first_row[level], rows = problem.first_row[level + 1] - first;
  const Responses& responses = problem.responses;
  NodeValues values;
  values.effect = VectorXd::Constant(rule.nodes.size(), centre) + spread * rule.nodes;
  values.share = rule.weights.array().log() + rule.nodes.array().square() / 2 - values.effect.array().square() / 2;
  values.residual.resize(rows, rule.nodes.size());
  for (Index k = 0; k < rule.nodes.size(); ++k)
    for (Index i = 0; i < rows; ++i) {
      const double z = problem.factors[0].z(first + i, 0);
      const ResponsePoint point = responses.point(first + i, fixed[first + i] + theta * z * values.effect[k]);
      values.share[k] -= point.loss;
      values.residual(i, k) = point.residual;
    }
  const double largest = values.share.maxCoeff();
  values.share = (values.share.array() - largest).exp();
  values.log_sum = largest + std::log(values.share.sum());
  values.share /= values.share.sum();
  return values;
}

}  // namespace

void Quadrature::make_canonical(VectorXd& parameters) const {
  make_theta_canonical(mode_.problem().structure, parameters);
}

/// -2 log of the level's integral. The nodes stand at u + x / sqrt(A): they move with the mode and with its curvature
/// A = 1 + theta^2 sum W z^2, whose derivative needs d W / d eta (docs/statistics.md, quadrature).
double Quadrature::level_value(std::size_t level, VectorXd& per_row, double& theta_slope) {
  const ModeProblem& problem = mode_.problem();
  const Index first = problem.first_row[level], rows = problem.first_row[level + 1] - first;
  const double theta = mode_.system().templates()[0](0, 0), mode = mode_.effects()[static_cast<Index>(level)];
  const auto z = problem.factors[0].z.col(0).segment(first, rows).array();
  const auto weight = mode_.weight().segment(first, rows).array();
  const auto slope = mode_.slope().segment(first, rows).array();
  const double square = (weight * z.square()).sum(), curvature = 1 + theta * theta * square;
  const double spread = 1 / std::sqrt(curvature);
  const NodeValues nodes = evaluate_nodes(problem, level, mode_.fixed(), theta, mode, spread, rule_);

  // d loss / d u at the nodes, averaged plainly and against the node's place.
  const VectorXd uphill = nodes.effect - theta * (nodes.residual.transpose() * z.matrix());
  const double by_mode = nodes.share.dot(uphill);
  const double by_spread = nodes.share.dot(rule_.nodes.cwiseProduct(uphill));
  const double by_curvature = -(by_spread - 1 / spread) * std::pow(spread, 3) / 2;
  const double moved = (by_mode + by_curvature * std::pow(theta, 3) * (z.cube() * slope).sum()) / curvature;

  const VectorXd mean_residual = nodes.residual * nodes.share;
  const double effect_residual = (z.matrix().transpose() * nodes.residual).dot(nodes.share.cwiseProduct(nodes.effect));
  per_row.segment(first, rows) =
      2 * (-mean_residual.array() + by_curvature * theta * theta * z.square() * slope - moved * theta * weight * z);
  const double at_mode = (z * mode_.residual().segment(first, rows).array()).sum();
  theta_slope +=
      2 * (-effect_residual + by_curvature * (2 * theta * square + theta * theta * mode * (z.cube() * slope).sum()) -
           moved * (mode * theta * square - at_mode));
  return -2 * (std::log(spread) + nodes.log_sum);
}

double Quadrature::value(const VectorXd& parameters, VectorXd& gradient) {
  ++evaluations_;
  if (!mode_.find(parameters)) return std::numeric_limits<double>::infinity();
  const ModeProblem& problem = mode_.problem();
  VectorXd per_row(problem.rows());
  double theta_slope = 0, sum = -2 * problem.responses.log_constant;
  for (std::size_t level = 0; level < problem.touched.size(); ++level) sum += level_value(level, per_row, theta_slope);
  gradient.resize(parameters.size());
  gradient[0] = theta_slope;
  gradient.tail(problem.x.cols()) = problem.x.transpose() * per_row;
  return sum;
}

}  // namespace meridian::models
