#include "models/satterthwaite.hpp"

#include <cmath>
#include <limits>

#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Columns of A^-1 that belong to the coefficients, in the units of the original columns of X.
MatrixXd coefficient_columns(const Criterion& criterion, const MatrixXd& basis) {
  const Problem& problem = criterion.problem();
  MatrixXd columns = MatrixXd::Zero(problem.columns(), problem.fixed_columns);
  columns.bottomRows(problem.fixed_columns).setIdentity();
  criterion.system().solve_in_place(columns);
  const MatrixXd back = basis.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(basis.rows(), basis.cols()));
  columns = (columns * back.transpose()).eval();
  columns.bottomRows(problem.fixed_columns) = (back * columns.bottomRows(problem.fixed_columns)).eval();
  return columns;
}

/// Adds n (W_row' U_col + U_col' W_row) to the slope of every theta of `factor`: W = Z'V^-1 X C, U = L'W.
void add_level(const RandomStructure& structure, std::size_t factor, double count, const MatrixXd& w, const MatrixXd& u,
               std::vector<MatrixXd>& slopes) {
  for (std::size_t i = 0; i < structure.theta.size(); ++i) {
    const ThetaEntry& entry = structure.theta[i];
    if (entry.factor != factor) continue;
    slopes[i] += count * w.row(entry.row).transpose().lazyProduct(u.row(entry.column));
  }
}

std::vector<MatrixXd> relative_slopes(const Criterion& criterion, const MatrixXd& columns, const MatrixXd& basis) {
  const Problem& problem = criterion.problem();
  const CriterionState& state = criterion.state();
  const Index p = problem.fixed_columns;
  std::vector<MatrixXd> slopes(problem.structure.theta.size(), MatrixXd::Zero(p, p));
  MatrixXd raw = columns;  // T A^-1 on the columns of the conditioned X
  raw.bottomRows(p) = (basis.triangularView<Eigen::Upper>() * columns.bottomRows(p)).eval();
  apply_template(problem, state.templates, raw);
  const MatrixXd projected = criterion.system().multiply(raw);
  for (const RestLevel& level : problem.rest) {
    const Index width = problem.structure.factors[level.factor].width;
    add_level(problem.structure, level.factor, 1, projected.middleRows(level.first, width),
              -columns.middleRows(level.first, width), slopes);
  }
  for (std::size_t g = 0; g < problem.eliminated.size(); ++g) {
    const EliminatedLevels& levels = problem.eliminated[g];
    if (levels.touched.empty()) continue;
    MatrixXd part(static_cast<Index>(levels.touched.size()), p);
    for (Index a = 0; a < part.rows(); ++a) part.row(a) = raw.row(levels.touched[static_cast<std::size_t>(a)]);
    const MatrixXd w = state.eliminated[g].shrunk * part, u = state.eliminated[g].back * part;
    add_level(problem.structure, levels.factor, levels.count, w, u, slopes);
  }
  for (MatrixXd& slope : slopes) slope = (slope + slope.transpose()).eval();
  return slopes;
}

/// Hessian of f(theta) + nu log(2 pi sigma^2) + r2(theta) / sigma^2 from that of its profile over sigma.
MatrixXd unprofiled_hessian(const Criterion& criterion, const MatrixXd& profiled, double sigma) {
  const Index size = profiled.rows();
  const double nu = criterion.degrees_of_freedom(), r2 = criterion.state().residual_square;
  const VectorXd slope = criterion.residual_slope();
  MatrixXd hessian(size + 1, size + 1);
  hessian.topLeftCorner(size, size) = profiled + (nu / (r2 * r2)) * slope * slope.transpose();
  hessian.topRightCorner(size, 1) = -2 * slope / (sigma * sigma * sigma);
  hessian.bottomLeftCorner(1, size) = hessian.topRightCorner(size, 1).transpose();
  hessian(size, size) = 4 * nu / (sigma * sigma);
  return hessian;
}

}  // namespace

CoefficientCovariance coefficient_covariance(const Criterion& criterion, const Optimum& optimum,
                                             const MatrixXd& basis) {
  const double variance = criterion.state().residual_square / criterion.degrees_of_freedom();
  const double sigma = std::sqrt(variance);
  const MatrixXd columns = coefficient_columns(criterion, basis);
  CoefficientCovariance result;
  const MatrixXd relative = columns.bottomRows(criterion.problem().fixed_columns);
  result.vcov = variance * (relative + relative.transpose()) / 2;
  result.slopes = relative_slopes(criterion, columns, basis);
  for (MatrixXd& slope : result.slopes) slope *= variance;
  result.slopes.push_back(2 / sigma * result.vcov);
  result.hessian = unprofiled_hessian(criterion, optimum.hessian, sigma);
  result.parameters = 2 * positive_inverse(result.hessian);
  return result;
}

double CoefficientCovariance::degrees_of_freedom(const VectorXd& contrast) const {
  VectorXd gradient(static_cast<Index>(slopes.size()));
  for (Index i = 0; i < gradient.size(); ++i)
    gradient[i] = contrast.dot(slopes[static_cast<std::size_t>(i)] * contrast);
  const double variance = contrast.dot(vcov * contrast);
  const double spread = gradient.dot(parameters * gradient);
  return spread > 0 ? 2 * variance * variance / spread : std::numeric_limits<double>::infinity();
}

}  // namespace meridian::models
