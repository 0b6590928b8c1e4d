#include "models/variance_errors.hpp"

#include <algorithm>
#include <cmath>

#include "models/variance_information.hpp"

namespace meridian::models {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Where the covariance of columns i and j of a term stands among the parameters.
Index parameter_of(const RandomStructure& structure, const TermBlock& term, Index i, Index j) {
  const Index row = term.offset + std::max(i, j), column = term.offset + std::min(i, j);
  std::size_t at = term.first_theta;
  while (structure.theta[at].row != row || structure.theta[at].column != column) ++at;
  return static_cast<Index>(at);
}

/// Of rho = s_ij / sqrt(s_ii s_jj); `covariance` of the term's columns and their parameters' asymptotic covariance may
/// be in any units that both share.
double correlation_error(const MatrixXd& covariance, Index i, Index j, const Eigen::Matrix3d& information_inverse) {
  const double scale = std::sqrt(covariance(i, i) * covariance(j, j)), rho = covariance(i, j) / scale;
  const Eigen::Vector3d gradient(1 / scale, -rho / (2 * covariance(i, i)), -rho / (2 * covariance(j, j)));
  return std::sqrt(gradient.dot(information_inverse * gradient));
}

}  // namespace

VectorXd variance_errors(const Criterion& criterion, const VectorXd& units, const Fit& fit) {
  const RandomStructure& structure = criterion.problem().structure;
  const VarianceInformation information(criterion);
  const MatrixXd& spread = information.covariance();  // of the parameters of scaled columns, sigma = 1
  const double variance = fit.sigma * fit.sigma;
  std::vector<MatrixXd> templates;
  structure.fill_templates(fit.theta.cwiseQuotient(units), templates);
  std::vector<double> errors;
  for (const TermBlock& term : structure.terms) {
    const MatrixXd l = templates[term.factor].block(term.offset, term.offset, term.width, term.width);
    const MatrixXd relative = l * l.transpose();
    for (Index i = 0; i < term.width; ++i) {
      const Index own = parameter_of(structure, term, i, i);
      errors.push_back(variance * units[own] * units[own] * std::sqrt(spread(own, own)));
    }
    for (Index i = 0; i < term.width; ++i)
      for (Index j = i + 1; j < term.width; ++j) {
        const std::vector<Index> own = {parameter_of(structure, term, i, j), parameter_of(structure, term, i, i),
                                        parameter_of(structure, term, j, j)};
        errors.push_back(correlation_error(relative, i, j, spread(own, own)));
      }
  }
  errors.push_back(variance * std::sqrt(spread(spread.rows() - 1, spread.cols() - 1)));
  return Eigen::Map<const VectorXd>(errors.data(), static_cast<Index>(errors.size()));
}

}  // namespace meridian::models
