#include "models/rank.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <numeric>

namespace meridian::models {
namespace {

/// Squared share of every column's norm that earlier columns leave, by Cholesky of the correlations. Rounding makes it
/// useless near the tolerance (its square is 1e-14), but a smallest share well above rounding settles the matter in one
/// product.
bool clearly_independent(const Eigen::MatrixXd& x) {
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(x.cols(), x.cols());
  gram.selfadjointView<Eigen::Lower>().rankUpdate(x.transpose());
  const Eigen::VectorXd norms = gram.diagonal().cwiseSqrt();
  if (!(norms.minCoeff() > 0)) return false;
  gram = norms.cwiseInverse().asDiagonal() * gram * norms.cwiseInverse().asDiagonal();
  const Eigen::LLT<Eigen::MatrixXd> factor(gram);
  return factor.info() == Eigen::Success && factor.matrixLLT().diagonal().minCoeff() > 1e-3;
}

/// Gram-Schmidt against the columns kept so far, twice (Giraud et al. 2005: twice is enough).
std::vector<Eigen::Index> sweep(Eigen::MatrixXd x, double tolerance) {
  std::vector<Eigen::Index> kept;
  for (Eigen::Index column = 0; column < x.cols(); ++column) {
    const auto count = static_cast<Eigen::Index>(kept.size());
    Eigen::VectorXd rest = x.col(column);
    const double norm = rest.norm();
    for (int pass = 0; count > 0 && pass < 2; ++pass)
      rest -= x.leftCols(count) * (x.leftCols(count).transpose() * rest).eval();
    if (norm == 0 || rest.norm() < tolerance * norm) continue;
    x.col(count) = rest.normalized();  // the basis takes the place of columns already seen
    kept.push_back(column);
  }
  return kept;
}

}  // namespace

std::vector<Eigen::Index> independent_columns(const Eigen::MatrixXd& x, const std::vector<double>& multiplicity,
                                              double tolerance) {
  if (x.size() == 0) return {};
  Eigen::MatrixXd weighted = x;
  if (!multiplicity.empty())
    weighted.array().colwise() *= Eigen::Map<const Eigen::ArrayXd>(multiplicity.data(), x.rows()).sqrt();
  for (auto column : weighted.colwise())  // squares of tiny or huge numbers would leave the range of doubles
    if (const double largest = column.lpNorm<Eigen::Infinity>(); largest > 0) column /= largest;
  if (!clearly_independent(weighted)) return sweep(std::move(weighted), tolerance);
  std::vector<Eigen::Index> all(static_cast<std::size_t>(x.cols()));
  std::iota(all.begin(), all.end(), Eigen::Index{0});
  return all;
}

}  // namespace meridian::models
