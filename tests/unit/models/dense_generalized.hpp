#pragma once
// The slow, obvious twin of the generalized mixed models: dense matrices, plain Newton steps, plain quadrature.
#include <Eigen/Cholesky>
#include <cmath>

#include "dense_model.hpp"
#include "models/family.hpp"

namespace dense {

using meridian::models::Family;

/// log density of one response, written as in a textbook.
inline double log_density(Family family, double y, double n, double eta) {
  if (family == Family::poisson) return y * eta - std::exp(eta) - std::lgamma(y + 1);
  const double p = 1 / (1 + std::exp(-eta));
  return std::lgamma(n + 1) - std::lgamma(y + 1) - std::lgamma(n - y + 1) + y * std::log(p) + (n - y) * std::log(1 - p);
}

/// All terms' Z L side by side.
inline Eigen::MatrixXd random_columns(const Design& design, const RandomStructure& structure,
                                      const Eigen::VectorXd& theta) {
  Eigen::MatrixXd all(design.x.rows(), 0);
  for (std::size_t t = 0; t < design.random.size(); ++t) {
    const Eigen::MatrixXd zl = indicator_columns(design.random[t]) *
                               block_diagonal(term_template(structure, t, theta), design.random[t].levels.size());
    all.conservativeResize(Eigen::NoChange, all.cols() + zl.cols());
    all.rightCols(zl.cols()) = zl;
  }
  return all;
}

/// -2 log likelihood by Laplace's approximation, theta and beta in their own units.
inline double laplace(const Design& design, const RandomStructure& structure, Family family,
                      const Eigen::VectorXd& theta, const Eigen::VectorXd& beta) {
  const Eigen::MatrixXd zl = random_columns(design, structure, theta);
  const Eigen::Index n = design.x.rows();
  const Eigen::VectorXd trials = design.trials.size() > 0 ? design.trials : Eigen::VectorXd(Eigen::VectorXd::Ones(n));
  Eigen::VectorXd u = Eigen::VectorXd::Zero(zl.cols()), eta, mean(n), weight(n);
  Eigen::LLT<Eigen::MatrixXd> cholesky;
  for (int step = 0; step < 100; ++step) {
    eta = design.x * beta + zl * u;
    for (Eigen::Index i = 0; i < n; ++i) {
      const double p = 1 / (1 + std::exp(-eta[i]));
      mean[i] = family == Family::poisson ? std::exp(eta[i]) : trials[i] * p;
      weight[i] = family == Family::poisson ? std::exp(eta[i]) : trials[i] * p * (1 - p);
    }
    const Eigen::MatrixXd a = zl.transpose() * weight.asDiagonal() * zl + Eigen::MatrixXd::Identity(u.size(), u.size());
    cholesky.compute(a);
    const Eigen::VectorXd move = cholesky.solve(zl.transpose() * (design.response - mean) - u);
    u += move;
    if (move.norm() < 1e-13 * (1 + u.norm())) break;
  }
  double sum = u.squaredNorm() + 2 * cholesky.matrixLLT().diagonal().array().log().sum();
  for (Eigen::Index i = 0; i < n; ++i) sum -= 2 * log_density(family, design.response[i], trials[i], eta[i]);
  return sum;
}

/// -2 log likelihood of one scalar random intercept by Simpson's rule on a grid from -12 to 12 standard deviations.
inline double integrated(const Design& design, Family family, double theta, const Eigen::VectorXd& beta) {
  const auto& term = design.random.front();
  const Eigen::VectorXd fixed = design.x * beta;
  constexpr int steps = 6000;
  double sum = 0;
  for (std::size_t level = 0; level < term.levels.size(); ++level) {
    double integral = 0;
    for (int k = 0; k <= steps; ++k) {
      const double u = -12 + 24.0 * k / steps, simpson = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
      double log_value = -u * u / 2 - std::log(2 * M_PI) / 2;
      for (Eigen::Index i = 0; i < fixed.size(); ++i)
        if (term.level[static_cast<std::size_t>(i)] == static_cast<std::int32_t>(level))
          log_value += log_density(family, design.response[i], design.trials.size() > 0 ? design.trials[i] : 1.0,
                                   fixed[i] + theta * term.z(i, 0) * u);
      integral += simpson * std::exp(log_value) * 24.0 / steps / 3;
    }
    sum -= 2 * std::log(integral);
  }
  return sum;
}

}  // namespace dense
