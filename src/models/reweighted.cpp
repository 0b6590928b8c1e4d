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

ReweightedFit iterate(const MatrixXd& x, const std::vector<std::string>& names, const Responses& responses) {
  const Index p = x.cols();
  const Eigen::HouseholderQR<MatrixXd> qr(x);
  const MatrixXd q = qr.householderQ() * MatrixXd::Identity(x.rows(), p);
  const MatrixXd basis = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  const auto information = [&](const VectorXd& weight) { return MatrixXd(q.transpose() * weight.asDiagonal() * q); };
  const auto original = [&](const VectorXd& c) { return VectorXd(basis.triangularView<Eigen::Upper>().solve(c)); };

  Point point = evaluate(responses, first_predictor(responses));
  const VectorXd working = point.weight.cwiseProduct(point.predictor - responses.offset) + point.residual;
  VectorXd c = information(point.weight).ldlt().solve(q.transpose() * working);
  const auto predictor = [&](const VectorXd& at) { return VectorXd(q * at + responses.offset); };
  point = evaluate(responses, predictor(c));
  ReweightedFit fit;
  VectorXd direction = c;
  double longest = 1;
  for (; fit.iterations < most_steps && longest > 1e-9; ++fit.iterations) {
    const Eigen::LLT<MatrixXd> cholesky(information(point.weight));
    if (cholesky.info() != Eigen::Success) report_separation(x, names, original(direction), responses.family);
    direction = cholesky.solve(q.transpose() * point.residual);
    longest = (q * direction).cwiseAbs().maxCoeff();
    double length = 1;
    Point next = evaluate(responses, predictor(c + direction));
    for (; length > 1e-10 && !(next.loss <= point.loss + 1e-13 * std::abs(point.loss)); length /= 2)
      next = evaluate(responses, predictor(c + length / 2 * direction));
    c += length * direction;
    point = std::move(next);
  }
  if (longest > 1e-9) report_separation(x, names, original(direction), responses.family);
  fit.beta = original(c);
  const MatrixXd back = basis.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(p, p));
  fit.vcov = back * information(point.weight).inverse() * back.transpose();
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
