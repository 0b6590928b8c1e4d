#include "inference/repeated_measures.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <limits>

#include "error.hpp"

namespace meridian::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double kSameMean = 1e-9;

/// Subjects cut into what groups share and what is left, for some columns (the mean, or contrasts between levels).
struct Groups {
  Eigen::MatrixXd means;  ///< groups x columns
  Eigen::VectorXd sizes;
  Eigen::MatrixXd left;  ///< subjects x columns: values less their group's mean
};

Eigen::MatrixXd matrix_of(const std::vector<std::vector<double>>& rows) {
  if (rows.empty() || rows.front().size() < 2) throw Error(ExitCode::bug, "repeated measures: fewer than two levels");
  Eigen::MatrixXd values(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.front().size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != rows.front().size()) throw Error(ExitCode::bug, "repeated measures: rows differ in length");
    for (std::size_t c = 0; c < rows[i].size(); ++c)
      values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c)) = rows[i][c];
  }
  return values;
}

/// Orthonormal Helmert contrasts between the levels, levels x (levels - 1).
Eigen::MatrixXd helmert(Eigen::Index levels) {
  Eigen::MatrixXd contrasts = Eigen::MatrixXd::Zero(levels, levels - 1);
  for (Eigen::Index j = 1; j < levels; ++j) {
    const double length = std::sqrt(static_cast<double>(j * (j + 1)));
    contrasts.col(j - 1).head(j).setConstant(1 / length);
    contrasts(j, j - 1) = -static_cast<double>(j) / length;
  }
  return contrasts;
}

Groups grouped(const Eigen::MatrixXd& values, const std::vector<std::size_t>& group_of_row) {
  if (group_of_row.size() != static_cast<std::size_t>(values.rows()))
    throw Error(ExitCode::bug, "repeated measures: one group per row is needed");
  const std::size_t count = *std::max_element(group_of_row.begin(), group_of_row.end()) + 1;
  Groups groups;
  groups.means = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(count), values.cols());
  groups.sizes = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(count));
  groups.left = values;
  for (std::size_t i = 0; i < group_of_row.size(); ++i) {
    groups.means.row(static_cast<Eigen::Index>(group_of_row[i])) += values.row(static_cast<Eigen::Index>(i));
    groups.sizes(static_cast<Eigen::Index>(group_of_row[i])) += 1;
  }
  if (groups.sizes.minCoeff() < 1) throw Error(ExitCode::bug, "repeated measures: a group without subjects");
  groups.means = groups.sizes.cwiseInverse().asDiagonal() * groups.means;
  for (std::size_t i = 0; i < group_of_row.size(); ++i)
    groups.left.row(static_cast<Eigen::Index>(i)) -= groups.means.row(static_cast<Eigen::Index>(group_of_row[i]));
  return groups;
}

/// Type III: the unweighted mean of the group means is zero, column by column.
double grand_sum_sq(const Groups& groups) {
  const double count = static_cast<double>(groups.sizes.size());
  return groups.means.colwise().mean().squaredNorm() * count * count / groups.sizes.cwiseInverse().sum();
}

double between_sum_sq(const Groups& groups) {
  const Eigen::RowVectorXd overall = groups.sizes.transpose() * groups.means / groups.sizes.sum();
  return groups.sizes.dot((groups.means.rowwise() - overall).rowwise().squaredNorm());
}

double upper_f(double f, double df, double error_df) {
  if (!(df > 0) || !(error_df > 0) || !std::isfinite(f)) return nan;
  return boost::math::cdf(boost::math::complement(boost::math::fisher_f(df, error_df), f));
}

Effect effect(double sum_sq, double df, double error_sum_sq, double error_df) {
  Effect result{sum_sq, error_sum_sq, df, error_df, nan, nan, nan, nan, nan};
  if (!(error_df > 0) || !(error_sum_sq > 0)) return result;
  result.f = (sum_sq / df) / (error_sum_sq / error_df);
  result.p_value = upper_f(result.f, df, error_df);
  result.partial_eta_sq = sum_sq / (sum_sq + error_sum_sq);
  return result;
}

void correct(Effect& effect, const RepeatedMeasures& result) {
  effect.p_gg = upper_f(effect.f, result.epsilon_gg * effect.df, result.epsilon_gg * effect.error_df);
  effect.p_hf = upper_f(effect.f, result.epsilon_hf * effect.df, result.epsilon_hf * effect.error_df);
}

/// From the residual products of the contrasts; invariant to the choice of orthonormal contrasts.
void add_epsilons(const Eigen::MatrixXd& left, double error_df, RepeatedMeasures& result) {
  const Eigen::MatrixXd products = left.transpose() * left;
  const double p = static_cast<double>(products.rows()), trace = products.trace();
  const double gg = trace * trace / (p * products.squaredNorm());
  result.epsilon_gg = trace > 0 ? gg : nan;
  result.epsilon_hf = trace > 0 ? std::min(1.0, ((error_df + 1) * p * gg - 2) / (p * (error_df - p * gg))) : nan;
  // With few subjects the denominator turns negative: no correction can be estimated, the bound 1 stands.
  if (trace > 0 && !(error_df > p * gg)) result.epsilon_hf = 1;
}

Effect group_effect(const Eigen::MatrixXd& values, const std::vector<std::size_t>& group_of_row, ErrorModel error,
                    const Effect& level, bool equal_means) {
  const double levels = static_cast<double>(values.cols());
  const Groups means = grouped(values.rowwise().mean(), group_of_row);
  const double df = static_cast<double>(means.sizes.size()) - 1;
  const double subjects = static_cast<double>(values.rows()) - df - 1;
  const bool fixed = error == ErrorModel::model_fixed;
  const double error_sum_sq = fixed ? level.error_sum_sq : levels * means.left.squaredNorm();
  const double error_df = fixed ? level.error_df : subjects;
  if (equal_means) return {0, fixed ? error_sum_sq : 0, df, error_df, 0, 1, 0, nan, nan};
  return effect(levels * between_sum_sq(means), df, error_sum_sq, error_df);
}

}  // namespace

RepeatedMeasures repeated_measures(const std::vector<std::vector<double>>& rows,
                                   const std::vector<std::size_t>& group_of_row, ErrorModel error) {
  const Eigen::MatrixXd values = matrix_of(rows);
  const Groups contrasts = grouped(values * helmert(values.cols()), group_of_row);
  const double p = static_cast<double>(values.cols() - 1), groups = static_cast<double>(contrasts.sizes.size());
  const double subjects = static_cast<double>(values.rows()) - groups;
  const double error_sum_sq = contrasts.left.squaredNorm(), error_df = subjects * p;
  RepeatedMeasures result;
  const Eigen::VectorXd means = values.rowwise().mean();
  result.equal_means = means.maxCoeff() - means.minCoeff() < kSameMean;
  add_epsilons(contrasts.left, subjects, result);
  result.level = effect(grand_sum_sq(contrasts), p, error_sum_sq, error_df);
  correct(result.level, result);
  result.group = result.interaction = {nan, nan, nan, nan, nan, nan, nan, nan, nan};
  if (contrasts.sizes.size() < 2) return result;
  result.interaction = effect(between_sum_sq(contrasts), p * (groups - 1), error_sum_sq, error_df);
  correct(result.interaction, result);
  result.group = group_effect(values, group_of_row, error, result.level, result.equal_means);
  return result;
}

}  // namespace meridian::inference
