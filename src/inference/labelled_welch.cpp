#include "inference/labelled_welch.hpp"

namespace meridian::inference {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

MatrixXd values_and_squares(const MatrixXd& values, const RowVectorXd& centre) {
  MatrixXd both(values.rows(), 2 * values.cols());
  both.leftCols(values.cols()) = values.rowwise() - centre;
  both.rightCols(values.cols()) = both.leftCols(values.cols()).cwiseAbs2();
  return both;
}

/// s^2/n from the sums of n centred values and of their squares.
RowVectorXd squared_error(const RowVectorXd& sum, const RowVectorXd& squares, double n) {
  return (squares - sum.cwiseAbs2() / n) / (n * (n - 1));
}

}  // namespace

LabelledWelch::LabelledWelch(const MatrixXd& first, const MatrixXd& second)
    : centre_((first.colwise().mean() + second.colwise().mean()) / 2),
      first_(values_and_squares(first, centre_)),
      second_(values_and_squares(second, centre_)),
      second_sum_(second_.colwise().sum()) {}

MatrixXd LabelledWelch::statistics(const std::vector<std::vector<std::uint8_t>>& labellings) const {
  const Index units = first_.rows(), columns = first_.cols() / 2;
  MatrixXd labels(static_cast<Index>(labellings.size()), units);
  for (Index r = 0; r < labels.rows(); ++r)
    for (Index i = 0; i < units; ++i)
      labels(r, i) = labellings[static_cast<std::size_t>(r)][static_cast<std::size_t>(i)];
  const MatrixXd first = labels * first_, taken = labels * second_;
  MatrixXd t(labels.rows(), columns);
  for (Index r = 0; r < labels.rows(); ++r) {
    const double n = labels.row(r).sum(), others = static_cast<double>(units) - n;
    const RowVectorXd second = second_sum_ - taken.row(r);
    const RowVectorXd difference = first.row(r).head(columns) / n - second.head(columns) / others;
    const RowVectorXd error = squared_error(first.row(r).head(columns), first.row(r).tail(columns), n) +
                              squared_error(second.head(columns), second.tail(columns), others);
    t.row(r) = difference.cwiseQuotient(error.cwiseSqrt());
  }
  return t;
}

VectorXd LabelledWelch::difference(const std::vector<std::uint8_t>& labels) const {
  const Index columns = first_.cols() / 2;
  VectorXd first = VectorXd::Zero(columns), second = VectorXd::Zero(columns);
  double n = 0;
  for (Index i = 0; i < first_.rows(); ++i) {
    const bool one = labels[static_cast<std::size_t>(i)] == 1;
    (one ? first : second) += (one ? first_ : second_).row(i).head(columns).transpose();
    n += one ? 1 : 0;
  }
  return first / n - second / (static_cast<double>(first_.rows()) - n);
}

}  // namespace meridian::inference
