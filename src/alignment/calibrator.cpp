#include "alignment/calibrator.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "error.hpp"

namespace meridian::alignment {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double kReached = 1e-12;
constexpr int kMostSteps = 60;

/// One example's part of the criterion in its own few coefficients.
struct Local {
  std::vector<Index> places;  ///< in theta
  MatrixXd design;            ///< letters that are there x places
  VectorXd shares;            ///< people's over these letters, sum 1; empty if people chose none of them
};

Local local_of(const Terms& terms, const Example& example) {
  const Scores& scores = *example.scores;
  const std::size_t options = scores.size(), type = terms.type_at(options);
  std::vector<std::size_t> there;
  for (std::size_t k = 0; k < options; ++k)
    if (!std::isnan(scores[k])) there.push_back(k);
  Local local{{0},
              MatrixXd::Zero(static_cast<Index>(there.size()), static_cast<Index>(options + 3)),
              VectorXd(static_cast<Index>(there.size()))};
  for (std::size_t k = 0; k <= options; ++k) local.places.push_back(static_cast<Index>(type + k));
  local.places.push_back(static_cast<Index>(terms.country_at(example.country)));
  for (std::size_t row = 0; row < there.size(); ++row) {
    const std::size_t k = there[row];
    const auto i = static_cast<Index>(row);
    local.design(i, 0) = local.design(i, 1) = scores[k];
    local.design(i, static_cast<Index>(k + 2)) = 1;
    local.design(i, static_cast<Index>(options + 2)) = static_cast<double>(k) / static_cast<double>(options - 1) - 0.5;
    local.shares[i] = (*example.shares)[k];
  }
  const double sum = local.shares.sum();
  if (sum > 0)
    local.shares /= sum;
  else
    local.shares.resize(0);
  return local;
}

/// kl(shares, softmax(eta)); `fitted` receives softmax(eta).
double divergence(const VectorXd& shares, const VectorXd& eta, VectorXd& fitted) {
  const double highest = eta.maxCoeff();
  fitted = (eta.array() - highest).exp();
  const double logarithm = highest + std::log(fitted.sum());
  fitted /= fitted.sum();
  double value = 0;
  for (Index k = 0; k < shares.size(); ++k)
    if (shares[k] > 0) value += shares[k] * (std::log(shares[k]) - eta[k] + logarithm);
  return value;
}

/// Adds one example's value, gradient and Hessian; false where people chose no letter that is there.
bool add(const Terms& terms, const Example& example, const VectorXd& theta, double& value, VectorXd& gradient,
         MatrixXd* hessian) {
  const Local local = local_of(terms, example);
  if (local.shares.size() == 0) return false;
  VectorXd own(static_cast<Index>(local.places.size())), fitted;
  for (Index i = 0; i < own.size(); ++i) own[i] = theta[local.places[static_cast<std::size_t>(i)]];
  value += divergence(local.shares, local.design * own, fitted);
  const VectorXd slope = local.design.transpose() * (fitted - local.shares);
  for (Index i = 0; i < own.size(); ++i) gradient[local.places[static_cast<std::size_t>(i)]] += slope[i];
  if (hessian == nullptr) return true;
  const VectorXd centre = local.design.transpose() * fitted;
  const MatrixXd curvature =
      local.design.transpose() * fitted.asDiagonal() * local.design - centre * centre.transpose();
  for (Index i = 0; i < own.size(); ++i)
    for (Index j = 0; j < own.size(); ++j)
      (*hessian)(local.places[static_cast<std::size_t>(i)], local.places[static_cast<std::size_t>(j)]) +=
          curvature(i, j);
  return true;
}

}  // namespace

Terms::Terms(std::vector<std::size_t> types, std::size_t countries)
    : types_(std::move(types)), countries_(countries), size_(1) {
  for (const std::size_t options : types_) {
    starts_.push_back(size_);
    size_ += options + 1;
  }
  size_ += countries_;
}

std::size_t Terms::type_at(std::size_t options) const {
  const auto found = std::find(types_.begin(), types_.end(), options);
  if (found == types_.end()) throw Error(ExitCode::bug, "a number of options without terms");
  return starts_[static_cast<std::size_t>(found - types_.begin())];
}

VectorXd Terms::unchanged() const {
  VectorXd theta = VectorXd::Zero(static_cast<Index>(size_));
  theta[0] = 1;
  return theta;
}

double criterion(const Terms& terms, const std::vector<Example>& examples, double ridge, const VectorXd& theta,
                 VectorXd& gradient, MatrixXd* hessian) {
  double value = 0, used = 0;
  gradient = VectorXd::Zero(theta.size());
  if (hessian != nullptr) *hessian = MatrixXd::Zero(theta.size(), theta.size());
  for (const Example& example : examples) used += add(terms, example, theta, value, gradient, hessian) ? 1 : 0;
  const double share = used > 0 ? 1 / used : 0;
  const VectorXd change = theta - terms.unchanged();
  gradient = gradient * share + ridge * change;
  if (hessian != nullptr) {
    *hessian *= share;
    hessian->diagonal().array() += ridge;
  }
  return value * share + ridge / 2 * change.squaredNorm();
}

Calibration calibrate(const Terms& terms, const std::vector<Example>& examples, double ridge) {
  Calibration fit{terms.unchanged(), 0, 0, 0, false};
  VectorXd gradient, next_gradient;
  MatrixXd hessian;
  for (; fit.steps < kMostSteps; ++fit.steps) {
    fit.value = criterion(terms, examples, ridge, fit.theta, gradient, &hessian);
    const VectorXd step = -hessian.ldlt().solve(gradient);
    fit.decrement = -gradient.dot(step);
    fit.reached = fit.decrement < kReached;
    if (fit.reached) break;
    double length = 1;
    for (int halvings = 0; halvings < 40; ++halvings, length /= 2)
      if (criterion(terms, examples, ridge, fit.theta + length * step, next_gradient, nullptr) <=
          fit.value - 1e-4 * length * fit.decrement)
        break;
    fit.theta += length * step;
  }
  return fit;
}

Scores calibrated(const Terms& terms, const VectorXd& theta, std::size_t country, const Scores& scores) {
  const std::size_t options = scores.size(), type = terms.type_at(options);
  const double slope = country < terms.countries() ? theta[static_cast<Index>(terms.country_at(country))] : 0;
  Scores eta = scores;
  for (std::size_t k = 0; k < options; ++k) {
    const double position = static_cast<double>(k) / static_cast<double>(options - 1) - 0.5;
    eta[k] = (theta[0] + theta[static_cast<Index>(type)]) * scores[k] + theta[static_cast<Index>(type + 1 + k)] +
             slope * position;
  }
  return eta;
}

double mean_divergence(const Terms& terms, const VectorXd& theta, const std::vector<Example>& examples) {
  VectorXd gradient;
  return criterion(terms, examples, 0, theta, gradient, nullptr);
}

}  // namespace meridian::alignment
