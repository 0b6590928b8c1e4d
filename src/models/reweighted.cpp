#include "models/reweighted.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <cmath>

#include "error.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Where a maximum exists, Newton's method doubles its digits and needs about ten steps. Under separation every step
/// lengthens some linear predictors by about one, for ever.
constexpr int most_steps = 40;
/// A step that moves no linear predictor by more is the last.
constexpr double arrived = 1e-9;

struct Point {
  VectorXd predictor, residual, weight;
  double loss = 0;
};

Point evaluate(const Responses& responses, VectorXd predictor) {
  Point point{std::move(predictor), VectorXd(responses.counts.size()), VectorXd(responses.counts.size()), 0};
  for (Index row = 0; row < responses.counts.size(); ++row) {
    const ResponsePoint at = responses.point(row, point.predictor[row]);
    point.loss += at.loss;
    point.residual[row] = at.residual;
    point.weight[row] = at.weight;
  }
  return point;
}

/// R's starting values: every mean a little towards the middle of its range.
VectorXd first_predictor(const Responses& responses) {
  const auto y = responses.counts.array(), n = responses.trials.array();
  if (responses.family == Family::poisson) return (y + 0.1).log();
  return ((y + 0.5) / (n - y + 0.5)).log();
}

[[noreturn]] void report_separation(const MatrixXd& x, const std::vector<std::string>& names, const VectorXd& direction,
                                    Family family) {
  const VectorXd size = direction.cwiseAbs().cwiseProduct(x.colwise().norm().transpose());
  std::string moving;
  for (Index j = 0; j < size.size(); ++j)
    if (size[j] > 1e-3 * size.maxCoeff()) moving += (moving.empty() ? "" : ", ") + names[static_cast<std::size_t>(j)];
  throw InputError(
      "fixed effects", "coefficients that grow without bound: " + moving,
      family == Family::binomial ? "every combination of predictors to have both successes and failures"
                                 : "every combination of predictors to have counts above 0",
      "They separate the responses perfectly (a cell of the design has the same response throughout): merge or drop "
      "these levels or terms");
}

/// With nothing to estimate there is nothing to iterate.
ReweightedFit without_columns(const Responses& responses) {
  const Point point = evaluate(responses, responses.offset);
  ReweightedFit fit;
  fit.vcov.resize(0, 0);
  fit.beta.resize(0);
  fit.predictor = point.predictor;
  fit.weight = point.weight;
  fit.loglik = responses.log_constant - point.loss;
  return fit;
}

/// X = Q R. The iterations take the orthonormal columns of Q, whatever the scales of the predictors.
class OrthonormalColumns {
 public:
  explicit OrthonormalColumns(const MatrixXd& x) {
    const Eigen::HouseholderQR<MatrixXd> qr(x);
    q_ = qr.householderQ() * MatrixXd::Identity(x.rows(), x.cols());
    basis_ = qr.matrixQR().topRows(x.cols()).triangularView<Eigen::Upper>();
  }
  MatrixXd information(const VectorXd& weight) const { return q_.transpose() * weight.asDiagonal() * q_; }
  VectorXd project(const VectorXd& rows) const { return q_.transpose() * rows; }
  VectorXd times(const VectorXd& coefficients) const { return q_ * coefficients; }
  /// Coefficients of the columns of X, and their covariance.
  VectorXd original(const VectorXd& coefficients) const {
    return basis_.triangularView<Eigen::Upper>().solve(coefficients);
  }
  MatrixXd covariance(const VectorXd& weight) const {
    const MatrixXd back = basis_.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(basis_.rows(), basis_.cols()));
    return back * information(weight).inverse() * back.transpose();
  }

 private:
  MatrixXd q_, basis_;
};

/// Moves the coefficients along `direction`, halved until the loss falls.
void take_step(const Responses& responses, const OrthonormalColumns& columns, const VectorXd& direction,
               VectorXd& coefficients, Point& point) {
  const auto moved = [&](double length) {
    return evaluate(responses, columns.times(coefficients + length * direction) + responses.offset);
  };
  double length = 1;
  Point next = moved(length);
  for (; length > 1e-10 && !(next.loss <= point.loss + 1e-13 * std::abs(point.loss)); length /= 2)
    next = moved(length / 2);
  coefficients += length * direction;
  point = std::move(next);
}

ReweightedFit iterate(const MatrixXd& x, const std::vector<std::string>& names, const Responses& responses) {
  const OrthonormalColumns columns(x);
  Point point = evaluate(responses, first_predictor(responses));
  const VectorXd working = point.weight.cwiseProduct(point.predictor - responses.offset) + point.residual;
  VectorXd coefficients = columns.information(point.weight).ldlt().solve(columns.project(working));
  point = evaluate(responses, columns.times(coefficients) + responses.offset);
  ReweightedFit fit;
  VectorXd direction = coefficients;
  double longest = 1;
  for (; fit.iterations < most_steps && longest > arrived; ++fit.iterations) {
    const Eigen::LLT<MatrixXd> cholesky(columns.information(point.weight));
    if (cholesky.info() != Eigen::Success) break;
    direction = cholesky.solve(columns.project(point.residual));
    longest = columns.times(direction).cwiseAbs().maxCoeff();
    take_step(responses, columns, direction, coefficients, point);
  }
  if (longest > arrived) report_separation(x, names, columns.original(direction), responses.family);
  fit.beta = columns.original(coefficients);
  fit.vcov = columns.covariance(point.weight);
  fit.predictor = point.predictor;
  fit.weight = point.weight;
  fit.loglik = responses.log_constant - point.loss;
  return fit;
}

}  // namespace

ReweightedFit reweighted_fit(const MatrixXd& x, const std::vector<std::string>& names, const Responses& responses) {
  if (x.rows() < x.cols())
    throw InputError("model", fmt::format("{} observations", x.rows()),
                     fmt::format("at least its {} coefficients", x.cols()), "Use fewer terms or more data");
  ReweightedFit fit = x.cols() == 0 ? without_columns(responses) : iterate(x, names, responses);
  for (Index row = 0; row < responses.counts.size(); ++row) fit.deviance += responses.deviance(row, fit.predictor[row]);
  return fit;
}

}  // namespace meridian::models
