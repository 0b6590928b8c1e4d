#include "models/laplace.hpp"

#include <limits>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Rows' shares of A^-1: v = z'L A^-1 L'z, and m = (A^-1 L'z) at the row's own columns.
struct Leverage {
  VectorXd variance;  ///< rows
  MatrixXd effect;    ///< row_width x rows
};

Leverage leverage_of(Mode& mode) {
  const ModeProblem& problem = mode.problem();
  PenalisedSystem& system = mode.system();
  system.invert();
  Leverage leverage{VectorXd(problem.rows()), MatrixXd(problem.row_width, problem.rows())};
  std::vector<Index> places(static_cast<std::size_t>(problem.row_width));
  for (std::size_t level = 0; level < problem.touched.size(); ++level) {
    const MatrixXd inverse = system.local_inverse(level);
    for (Index row = problem.first_row[level]; row < problem.first_row[level + 1]; ++row) {
      for (std::size_t f = 0; f < problem.factors.size(); ++f)
        for (Index j = 0; j < problem.width(f); ++j)
          places[static_cast<std::size_t>(problem.offset[f] + j)] = problem.local(static_cast<Index>(f), row) + j;
      const auto white = system.row_columns(row);
      double variance = 0;
      for (Index a = 0; a < problem.row_width; ++a) {
        double value = 0;
        for (Index b = 0; b < problem.row_width; ++b)
          value += inverse(places[static_cast<std::size_t>(b)], places[static_cast<std::size_t>(a)]) * white[b];
        leverage.effect(a, row) = value;
        variance += value * white[a];
      }
      leverage.variance[row] = variance;
    }
  }
  return leverage;
}

}  // namespace

void make_theta_canonical(const RandomStructure& structure, VectorXd& parameters) {
  VectorXd theta = parameters.head(static_cast<Index>(structure.theta.size()));
  structure.make_canonical(theta);
  parameters.head(theta.size()) = theta;
}

void Laplace::make_canonical(VectorXd& parameters) const {
  make_theta_canonical(mode_.problem().structure, parameters);
}

/// With q = W' v, s = A^-1 L'Z'q and h = -2 (y - E y) + q - W ZL s, the derivatives are X'h in beta and, for entry
/// (a, b) of a factor's template, the sum over rows of z_a (h u_b + (y - E y) s_b + 2 W m_b).
VectorXd Laplace::slopes() {
  const ModeProblem& problem = mode_.problem();
  const Leverage leverage = leverage_of(mode_);
  const VectorXd third = mode_.slope().cwiseProduct(leverage.variance);
  const VectorXd adjoint = mode_.system().solve(mode_.system().project(third));
  const VectorXd h = third - 2 * mode_.residual() - mode_.weight().cwiseProduct(mode_.system().predictor(adjoint));
  std::vector<MatrixXd> entries;
  for (std::size_t f = 0; f < problem.factors.size(); ++f) {
    MatrixXd sum = MatrixXd::Zero(problem.width(f), problem.width(f));
    for (Index row = 0; row < problem.rows(); ++row)
      for (Index b = 0; b < problem.width(f); ++b) {
        const Index column = problem.column(static_cast<Index>(f), row) + b;
        const double factor = h[row] * mode_.effects()[column] + mode_.residual()[row] * adjoint[column] +
                              2 * mode_.weight()[row] * leverage.effect(problem.offset[f] + b, row);
        for (Index a = b; a < problem.width(f); ++a) sum(a, b) += problem.factors[f].z(row, a) * factor;
      }
    entries.push_back(std::move(sum));
  }
  const auto thetas = static_cast<Index>(problem.structure.theta.size());
  VectorXd gradient(thetas + problem.x.cols());
  for (Index i = 0; i < thetas; ++i) {
    const ThetaEntry& entry = problem.structure.theta[static_cast<std::size_t>(i)];
    gradient[i] = entries[entry.factor](entry.row, entry.column);
  }
  gradient.tail(problem.x.cols()) = problem.x.transpose() * h;
  return gradient;
}

double Laplace::value(const VectorXd& parameters, VectorXd& gradient) {
  ++evaluations_;
  if (!mode_.find(parameters)) return std::numeric_limits<double>::infinity();
  gradient = slopes();
  return 2 * (mode_.loss() - mode_.problem().responses.log_constant) + mode_.system().log_determinant();
}

}  // namespace meridian::models
