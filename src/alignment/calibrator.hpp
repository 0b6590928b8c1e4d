#pragma once
// A calibrator on option logits: temperature, letter biases and country terms that bring a model's distributions near
// people's. It turns what the model says; it does not train the model. docs/statistics.md, "First-token calibrator".
#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "alignment/option_scores.hpp"

namespace meridian::alignment {

/// A record to learn from. The question's type is its number of options.
struct Example {
  std::size_t country = 0;
  const Scores* scores = nullptr;               ///< logits; NaN: missing letter
  const std::vector<double>* shares = nullptr;  ///< people's, sum 1; of missing letters they are left out
};

/// Coefficients of eta_k = (a + a_K) z_k + b_Kk + g_c s_k with s_k = (k - 1)/(K - 1) - 1/2, in one vector:
/// a, then for every type K: a_K and b_K1 .. b_KK, then g_c for every country.
class Terms {
 public:
  Terms(std::vector<std::size_t> types, std::size_t countries);
  std::size_t size() const { return size_; }
  const std::vector<std::size_t>& types() const { return types_; }  ///< numbers of options, ascending
  std::size_t countries() const { return countries_; }
  /// Place of a_K; b_Kk follows at + 1 + k (k from 0). Throws Error(bug) for a type that is not among them.
  std::size_t type_at(std::size_t options) const;
  std::size_t country_at(std::size_t country) const { return size_ - countries_ + country; }
  /// a = 1, all else 0: what the model says itself. The ridge pulls towards it.
  Eigen::VectorXd unchanged() const;

 private:
  std::vector<std::size_t> types_, starts_;
  std::size_t countries_, size_;
};

/// Mean over the examples of kl(people, softmax(eta)) + ridge/2 |theta - unchanged|^2, convex in theta, with exact
/// gradient and, unless null, Hessian.
double criterion(const Terms& terms, const std::vector<Example>& examples, double ridge, const Eigen::VectorXd& theta,
                 Eigen::VectorXd& gradient, Eigen::MatrixXd* hessian);

struct Calibration {
  Eigen::VectorXd theta;
  double value = 0;      ///< of the criterion
  double decrement = 0;  ///< g' H^-1 g at the end, twice the distance to the minimum (Boyd & Vandenberghe 2004, 9.5)
  int steps = 0;
  bool reached = false;  ///< decrement below 1e-12
};

/// Newton's method with halved steps, from `unchanged`. The ridge (> 0) makes the minimum unique and the b_K sum to 0.
Calibration calibrate(const Terms& terms, const std::vector<Example>& examples, double ridge);

/// eta of scores under the terms, NaN where the letter is missing; a country without terms: `countries()`.
Scores calibrated(const Terms& terms, const Eigen::VectorXd& theta, std::size_t country, const Scores& scores);

/// Mean kl(people, softmax(eta)) over the examples.
double mean_divergence(const Terms& terms, const Eigen::VectorXd& theta, const std::vector<Example>& examples);

}  // namespace meridian::alignment
