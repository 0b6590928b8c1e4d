#include "inference/freedman_lane.hpp"

#include <Eigen/QR>

#include "error.hpp"

namespace meridian::inference {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd orthonormal(const MatrixXd& columns) {
  const Eigen::HouseholderQR<MatrixXd> qr(columns);
  return qr.householderQ() * MatrixXd::Identity(columns.rows(), columns.cols());
}

constexpr double kNothingLeft = 1e-10;  ///< of a squared length or leverage: rounding

}  // namespace

FreedmanLane::FreedmanLane(const MatrixXd& values, const MatrixXd& covariates, const std::vector<std::uint8_t>& group) {
  const Index units = values.rows();
  if (units < covariates.cols() + 2)
    throw InputError("--adjust",
                     std::to_string(covariates.cols()) + " coefficients for " + std::to_string(units) + " units",
                     "at least two units more", "Adjust for less.");
  const MatrixXd reduced = orthonormal(covariates);
  VectorXd label(units);
  for (Index i = 0; i < units; ++i) label[i] = group[static_cast<std::size_t>(i)];
  const VectorXd own = label - reduced * (reduced.transpose() * label);
  if (own.squaredNorm() < kNothingLeft * static_cast<double>(units))
    throw InputError("--adjust", "covariates that tell the two groups apart", "covariates that overlap between groups",
                     "Adjust for less: nothing is left of the difference.");
  residuals_ = values - reduced * (reduced.transpose() * values);
  weights_ = own / own.squaredNorm();
  MatrixXd all(units, covariates.cols() + 1);
  all << covariates, label;
  basis_ = orthonormal(all);
  leverage_ = VectorXd::Ones(units) - basis_.rowwise().squaredNorm();
  if (leverage_.minCoeff() < kNothingLeft)
    throw InputError("--adjust", "a covariate that singles out a unit", "at least two units alike in every level",
                     "Join levels of the covariate, or adjust for less.");
}

VectorXd FreedmanLane::estimate() const { return residuals_.transpose() * weights_; }

VectorXd FreedmanLane::statistic(const std::vector<std::uint32_t>& order) const {
  const MatrixXd placed = residuals_(order, Eigen::all);
  const MatrixXd left = placed - basis_ * (basis_.transpose() * placed);
  const VectorXd scale = weights_.cwiseAbs2().cwiseQuotient(leverage_);
  const VectorXd variance = left.cwiseAbs2().transpose() * scale;
  return (placed.transpose() * weights_).cwiseQuotient(variance.cwiseSqrt());
}

}  // namespace meridian::inference
