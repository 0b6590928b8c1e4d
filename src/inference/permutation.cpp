#include "inference/permutation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "inference/proportion.hpp"

namespace meridian::inference {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool reaches(double value, double bound) { return !(std::abs(value) < bound); }

double share(std::int64_t reached, Index permutations, Permuted how) {
  const auto b = static_cast<double>(reached), m = static_cast<double>(permutations);
  return how == Permuted::all ? b / m : (b + 1) / (m + 1);
}

/// Sums and centred sums of squares of one group, per column. Two passes: no cancellation.
struct Group {
  double n = 0;
  RowVectorXd mean, squares;
};

Group group_of(const MatrixXd& units, const std::vector<std::uint8_t>& labels, std::uint8_t label) {
  Group group{0, RowVectorXd::Zero(units.cols()), RowVectorXd::Zero(units.cols())};
  for (Index i = 0; i < units.rows(); ++i)
    if (labels[static_cast<std::size_t>(i)] == label) {
      group.mean += units.row(i);
      ++group.n;
    }
  group.mean /= group.n;
  for (Index i = 0; i < units.rows(); ++i)
    if (labels[static_cast<std::size_t>(i)] == label) group.squares += (units.row(i) - group.mean).cwiseAbs2();
  return group;
}

}  // namespace

PermutationP permutation_p(double observed, const VectorXd& permuted, Permuted how, double tie) {
  if (std::isnan(observed) || permuted.size() == 0) return {0, kNaN, kNaN, kNaN};
  const double bound = std::abs(observed) * (1 - tie);
  PermutationP result;
  result.reached = std::count_if(permuted.begin(), permuted.end(), [&](double value) { return reaches(value, bound); });
  result.p = result.low = result.high = share(result.reached, permuted.size(), how);
  if (how == Permuted::sampled) {
    const Interval limits = clopper_pearson_interval(result.reached, permuted.size(), 0.95);
    result.low = limits.low;
    result.high = limits.high;
  }
  return result;
}

MaxT max_t(const VectorXd& observed, const MatrixXd& permuted, Permuted how, double tie) {
  const auto columns = static_cast<std::size_t>(observed.size());
  std::vector<Index> order(columns);
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return std::abs(observed[a]) > std::abs(observed[b]); });
  MaxT result{std::vector<double>(columns), std::vector<double>(columns)};
  // A statistic that does not exist counts as reaching any bound, as in permutation_p.
  const MatrixXd sizes = permuted.unaryExpr(
      [](double value) { return std::isnan(value) ? std::numeric_limits<double>::infinity() : std::abs(value); });
  const VectorXd largest = sizes.rowwise().maxCoeff();
  VectorXd left = VectorXd::Zero(permuted.rows());  // the largest among the hypotheses not yet stepped over
  for (std::size_t k = columns; k-- > 0;) {
    const Index column = order[k];
    left = left.cwiseMax(sizes.col(column));
    result.single_step[static_cast<std::size_t>(column)] = permutation_p(observed[column], largest, how, tie).p;
    result.step_down[static_cast<std::size_t>(column)] = permutation_p(observed[column], left, how, tie).p;
  }
  for (std::size_t k = 1; k < columns; ++k) {  // never below a larger statistic's
    double& own = result.step_down[static_cast<std::size_t>(order[k])];
    own = std::max(own, result.step_down[static_cast<std::size_t>(order[k - 1])]);
  }
  return result;
}

VectorXd relabelled_welch_t(const MatrixXd& units, const std::vector<std::uint8_t>& labels) {
  const Group first = group_of(units, labels, 1), second = group_of(units, labels, 0);
  const RowVectorXd first_error = first.squares / (first.n * (first.n - 1));
  const RowVectorXd second_error = second.squares / (second.n * (second.n - 1));
  return (first.mean - second.mean).cwiseQuotient((first_error + second_error).cwiseSqrt()).transpose();
}

VectorXd flipped_t(const MatrixXd& units, const std::vector<std::uint8_t>& labels) {
  const auto n = static_cast<double>(units.rows());
  MatrixXd flipped = units;
  for (Index i = 0; i < units.rows(); ++i)
    if (labels[static_cast<std::size_t>(i)] == 1) flipped.row(i) = -units.row(i);
  const RowVectorXd mean = flipped.colwise().sum() / n;
  const RowVectorXd error = ((flipped.rowwise() - mean).colwise().squaredNorm() / (n * (n - 1))).cwiseSqrt();
  return mean.cwiseQuotient(error).transpose();
}

}  // namespace meridian::inference
