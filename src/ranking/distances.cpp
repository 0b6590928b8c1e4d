#include "ranking/distances.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "inference/correlation.hpp"

namespace meridian::ranking {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<std::size_t> by_value(const std::vector<double>& row) {
  std::vector<std::size_t> order(row.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return row[a] < row[b]; });
  return order;
}

/// Centred midranks of a row in which term t stands weights[t] times, per distinct term.
std::vector<double> centred_ranks(const std::vector<double>& row, const std::vector<std::size_t>& order,
                                  const std::vector<double>& weights, double total) {
  std::vector<double> ranks(row.size());
  double below = 0;
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    double tied = 0;
    for (; last < order.size() && row[order[last]] == row[order[first]]; ++last) tied += weights[order[last]];
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = below + (tied + 1) / 2 - (total + 1) / 2;
    below += tied;
  }
  return ranks;
}

/// tau-b of two rows with repeated terms; copies of one term are tied in both.
double weighted_tau(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& weights) {
  double score = 0, untied_x = 0, untied_y = 0;
  const auto sign = [](double difference) { return static_cast<double>((difference > 0) - (difference < 0)); };
  for (std::size_t s = 0; s < x.size(); ++s)
    for (std::size_t t = 0; t < s; ++t) {
      const double both = weights[s] * weights[t], a = sign(x[s] - x[t]), b = sign(y[s] - y[t]);
      score += both * a * b;
      untied_x += both * a * a;
      untied_y += both * b * b;
    }
  return untied_x > 0 && untied_y > 0 ? score / std::sqrt(untied_x * untied_y) : nan;
}

template <class Agreement>
Eigen::MatrixXd all_pairs(const Rows& rows, const Agreement& agreement) {
  const Eigen::Index n = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double value = rows[i].empty() || rows[j].empty() ? nan : agreement(rows[i], rows[j]);
      matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = value;
      matrix(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(i)) = value;
    }
  return matrix;
}

}  // namespace

DistanceMaker::DistanceMaker(const Rows& rows, Metric metric) : rows_(rows), metric_(metric) {
  for (const auto& row : rows) order_.push_back(by_value(row));
}

// One symmetric product of the standardised ranks over the terms that were drawn.
Eigen::MatrixXd DistanceMaker::spearman(const std::vector<double>& weights) const {
  std::vector<std::size_t> drawn;
  double total = 0;
  for (std::size_t t = 0; t < weights.size(); ++t) {
    if (weights[t] > 0) drawn.push_back(t);
    total += weights[t];
  }
  const Eigen::Index n = static_cast<Eigen::Index>(rows_.size());
  Eigen::MatrixXd standard(n, static_cast<Eigen::Index>(drawn.size()));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::vector<double> ranks = centred_ranks(rows_[i], order_[i], weights, total);
    double squares = 0;
    for (const std::size_t t : drawn) squares += weights[t] * ranks[t] * ranks[t];
    for (std::size_t d = 0; d < drawn.size(); ++d)
      standard(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(d)) =
          squares > 0 ? ranks[drawn[d]] * std::sqrt(weights[drawn[d]] / squares) : nan;
  }
  Eigen::MatrixXd distance = Eigen::MatrixXd::Ones(n, n);
  distance.selfadjointView<Eigen::Lower>().rankUpdate(standard, -1.0);
  for (Eigen::Index j = 0; j < n; ++j) {
    distance(j, j) = 0;
    for (Eigen::Index i = j + 1; i < n; ++i) distance(j, i) = distance(i, j);
  }
  return distance;
}

double DistanceMaker::pair(std::size_t i, std::size_t j, const std::vector<double>& weights) const {
  if (metric_ == Metric::kendall) return 1 - weighted_tau(rows_[i], rows_[j], weights);
  double sum = 0;
  for (std::size_t t = 0; t < weights.size(); ++t) {
    const double difference = rows_[i][t] - rows_[j][t];
    sum += weights[t] * (metric_ == Metric::footrule ? std::abs(difference) : difference * difference);
  }
  return metric_ == Metric::footrule ? sum : std::sqrt(sum);
}

Eigen::MatrixXd DistanceMaker::distances(const std::vector<double>& weights) const {
  if (metric_ == Metric::spearman) return spearman(weights);
  const Eigen::Index n = static_cast<Eigen::Index>(rows_.size());
  Eigen::MatrixXd distance = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < i; ++j)
      distance(i, j) = distance(j, i) = pair(static_cast<std::size_t>(i), static_cast<std::size_t>(j), weights);
  return distance;
}

Eigen::MatrixXd spearman_matrix(const Rows& rows) { return all_pairs(rows, inference::spearman); }
Eigen::MatrixXd kendall_matrix(const Rows& rows) { return all_pairs(rows, inference::kendall_tau_b); }

}  // namespace meridian::ranking
