#include "models/held_search.hpp"

#include "models/optimise.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double ProfileSearch::deviance(double value) {
  free_->hold(value);
  if (at_.size() == 0) return free_->value(at_, at_);
  const bool first = inverse_.size() == 0;
  const Optimum optimum = first ? minimise(*free_, at_) : minimise_near(*free_, at_, inverse_);
  if (first) inverse_ = bounded_inverse(optimum.hessian);
  at_ = optimum.theta;
  return optimum.value;
}

VectorXd with_element(const VectorXd& values, Index place, double value) {
  VectorXd longer(values.size() + 1);
  longer << values.head(place), value, values.tail(values.size() - place);
  return longer;
}

VectorXd without_element(const VectorXd& values, Index place) {
  VectorXd shorter(values.size() - 1);
  shorter << values.head(place), values.tail(values.size() - 1 - place);
  return shorter;
}

MatrixXd without_column(const MatrixXd& x, Index column) {
  const Index after = x.cols() - 1 - column;
  MatrixXd narrower(x.rows(), x.cols() - 1);
  narrower.leftCols(column) = x.leftCols(column);
  narrower.rightCols(after) = x.rightCols(after);
  return narrower;
}

}  // namespace meridian::models
