#pragma once
// What the optimiser needs to know of a criterion.
#include <Eigen/Core>

namespace meridian::models {

class Objective {
 public:
  virtual ~Objective() = default;
  /// Value and exact gradient; infinity (gradient then meaningless) where the criterion cannot be evaluated.
  virtual double value(const Eigen::VectorXd& parameters, Eigen::VectorXd& gradient) = 0;
  /// Among parameters that mean the same model, the one to report.
  virtual void make_canonical(Eigen::VectorXd& parameters) const = 0;
};

}  // namespace meridian::models
