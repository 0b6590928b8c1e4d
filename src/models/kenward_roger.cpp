#include "models/kenward_roger.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "error.hpp"
#include "models/variance_information.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// About ten dense matrices of as many rows and columns are needed: 2 GB.
constexpr Index most_columns = 5000;

/// Kenward & Roger's moments matched (pbkrtest 0.5, .KR_adjust): A1 and A2 of their section 3.
void match_moments(double a1, double a2, ScaledTest& test) {
  const double q = test.num_df;
  const double b = (a1 + 6 * a2) / (2 * q);
  const double g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
  const double denominator = 3 * q + 2 * (1 - g);
  const double c1 = g / denominator, c2 = (q - g) / denominator, c3 = (q + 2 - g) / denominator;
  const double top = 1 - a2 / q, middle = 1 - c2 * b;
  // 0/0 of balanced cases counts as 1.
  const double quotient = std::abs(top) < 1e-14 && std::abs(middle) < 1e-14 ? 1 : top / middle;
  const double v0 = std::abs(1 + c1 * b) < 1e-10 ? 0 : 1 + c1 * b;
  const double rho = quotient * quotient * v0 / (1 - c3 * b) / q;
  test.den_df = 4 + (q + 2) / (q * rho - 1);
  test.scaling = std::abs(test.den_df - 2) < 1e-2 ? 1 : test.den_df * top / (test.den_df - 2);
}

}  // namespace

ScaledTest KenwardRoger::test(const MatrixXd& contrasts, const VectorXd& beta) const {
  const MatrixXd theta = contrasts.transpose() * (contrasts * vcov * contrasts.transpose()).ldlt().solve(contrasts);
  std::vector<MatrixXd> products;
  for (const MatrixXd& slope : slopes) products.push_back(theta * slope);
  double a1 = 0, a2 = 0;
  for (std::size_t i = 0; i < products.size(); ++i)
    for (std::size_t j = 0; j < products.size(); ++j) {
      const double weight = parameters(static_cast<Index>(i), static_cast<Index>(j));
      a1 += weight * products[i].trace() * products[j].trace();
      a2 += weight * products[i].cwiseProduct(products[j].transpose()).sum();
    }
  ScaledTest test;
  test.num_df = static_cast<double>(contrasts.rows());
  const VectorXd estimate = contrasts * beta;
  test.wald = estimate.dot((contrasts * adjusted * contrasts.transpose()).ldlt().solve(estimate)) / test.num_df;
  match_moments(a1, a2, test);
  return test;
}

double KenwardRoger::degrees_of_freedom(const VectorXd& contrast) const {
  return test(contrast.transpose(), VectorXd::Zero(contrast.size())).den_df;
}

KenwardRoger kenward_roger(const Criterion& criterion, const MatrixXd& basis) {
  if (criterion.problem().columns() > most_columns)
    throw InputError(
        "Kenward-Roger degrees of freedom",
        fmt::format("{} random effects besides those of the largest factor", criterion.problem().columns()),
        fmt::format("at most {}", most_columns), "Take Satterthwaite's degrees of freedom");
  const double variance = criterion.state().residual_square / criterion.degrees_of_freedom();
  const VarianceInformation information(criterion);
  const MatrixXd back = basis.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(basis.rows(), basis.cols()));
  const auto original = [&](const MatrixXd& conditioned) -> MatrixXd {
    const MatrixXd turned = back * conditioned * back.transpose();
    return (turned + turned.transpose()) / 2;
  };
  KenwardRoger result;
  result.vcov = variance * original(information.relative());
  for (const MatrixXd& slope : information.slopes()) result.slopes.push_back(original(slope));
  result.parameters = variance * variance * information.covariance();
  result.adjusted = result.vcov + 2 * variance * original(information.correction());
  return result;
}

}  // namespace meridian::models
