#pragma once
// The same model fitted again and again to changed class statistics: replicates of a bootstrap, simulated data. What
// only a reader of one fit needs (degrees of freedom, predictions, words) is left out.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// Knows the estimate of the full sample and starts every refit there. Const after construction: one for all threads.
class Refitter {
 public:
  /// Fits the full sample, from `theta` if not empty. InputError as fit_mixed.
  Refitter(const Design& design, const std::string& pooled, const std::vector<PooledClass>& classes, Method method,
           const Eigen::VectorXd& theta = {});

  /// theta, beta, vcov, sigma, criterion, variance components, singular, converged, evaluations; nothing else. The
  /// design has the random terms of the full one, in its order, but may have other rows and levels. InputError where
  /// the model cannot be estimated from these data. `errors`, where wanted: standard errors of the variance components
  /// (variance_errors.hpp); empty for ML.
  Fit refit(const Design& design, const std::vector<PooledClass>& classes, Eigen::VectorXd* errors = nullptr) const;
  /// The full sample's, in the same form.
  const Fit& full() const { return full_; }
  const Eigen::VectorXd& full_variance_errors() const { return full_variance_errors_; }
  const Eigen::VectorXd& start() const { return start_; }  ///< the full sample's theta, off the boundary
  const RandomStructure& structure() const { return structure_; }
  const std::string& pooled() const { return pooled_; }

 private:
  std::string pooled_;
  Method method_;
  RandomStructure structure_;
  Eigen::VectorXd start_;            ///< theta, off the boundary
  Eigen::MatrixXd inverse_hessian_;  ///< of the criterion in theta
  Fit full_;
  Eigen::VectorXd full_variance_errors_;
};

}  // namespace meridian::models
