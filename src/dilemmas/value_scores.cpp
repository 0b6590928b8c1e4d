#include "dilemmas/value_scores.hpp"

#include <cmath>
#include <limits>

#include "inference/concordance.hpp"
#include "inference/correlation.hpp"
#include "inference/ranks.hpp"

namespace meridian::dilemmas {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Mean of those that are numbers; NaN without any.
template <class Values>
double mean(const Values& values) {
  double sum = 0, count = 0;
  for (const double value : values)
    if (!std::isnan(value)) {
      sum += value;
      ++count;
    }
  return sum / count;
}

Eigen::VectorXd ranked(const Eigen::VectorXd& scores) {
  std::vector<double> present;
  for (const double score : scores)
    if (!std::isnan(score)) present.push_back(-score);
  const std::vector<double> ranks = inference::midranks(present);
  Eigen::VectorXd result = Eigen::VectorXd::Constant(scores.size(), nan);
  for (Eigen::Index v = 0, next = 0; v < scores.size(); ++v)
    if (!std::isnan(scores[v])) result[v] = ranks[static_cast<std::size_t>(next++)];
  return result;
}

/// Spearman's rho of the places where both have a number.
double common_spearman(const Eigen::VectorXd& x, const Eigen::VectorXd& y) {
  std::vector<double> first, second;
  for (Eigen::Index i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i]) && !std::isnan(y[i])) {
      first.push_back(x[i]);
      second.push_back(y[i]);
    }
  return inference::spearman(first, second);
}

double concordance_of_steps(const Eigen::MatrixXd& scores) {
  std::vector<std::vector<double>> rankings(static_cast<std::size_t>(scores.rows()));
  for (Eigen::Index v = 0; v < scores.cols(); ++v) {
    if (scores.col(v).array().isNaN().any()) continue;
    for (Eigen::Index s = 0; s < scores.rows(); ++s) rankings[static_cast<std::size_t>(s)].push_back(scores(s, v));
  }
  return inference::concordance(rankings).w;
}

void add_changes(StepProfile& profile) {
  const Eigen::Index steps = profile.ranks.rows();
  const Eigen::MatrixXd change = (profile.ranks.bottomRows(steps - 1) - profile.ranks.topRows(steps - 1)).cwiseAbs();
  profile.volatility.resize(profile.ranks.cols());
  for (Eigen::Index v = 0; v < profile.ranks.cols(); ++v) profile.volatility[v] = mean(change.col(v));
  std::vector<double> by_step, rho;
  for (Eigen::Index s = 0; s + 1 < steps; ++s) {
    by_step.push_back(mean(change.row(s)));
    rho.push_back(common_spearman(profile.scores.row(s), profile.scores.row(s + 1)));
  }
  profile.mean_volatility = mean(by_step);
  profile.mean_spearman = mean(rho);
}

}  // namespace

Eigen::VectorXd appearances(const Eigen::MatrixXd& wins) {
  return wins.rowwise().sum() + wins.colwise().sum().transpose();
}

Eigen::VectorXd scores(const Eigen::MatrixXd& wins) {
  // 0 / 0 is the NaN of a value that did not appear.
  return (wins.rowwise().sum().array() / appearances(wins).array() - 0.5).matrix();
}

StepProfile step_profile(const WinMatrices& wins) {
  StepProfile profile;
  const auto steps = static_cast<Eigen::Index>(wins.size());
  profile.scores.resize(steps, wins.front().rows());
  profile.ranks.resize(steps, wins.front().rows());
  for (Eigen::Index s = 0; s < steps; ++s) {
    const Eigen::VectorXd found = scores(wins[static_cast<std::size_t>(s)]);
    profile.scores.row(s) = found.transpose();
    profile.ranks.row(s) = ranked(found).transpose();
  }
  profile.pooled = scores(pooled(wins));
  profile.kendall_w = concordance_of_steps(profile.scores);
  add_changes(profile);
  return profile;
}

Eigen::MatrixXd stability_over_models(const std::vector<StepProfile>& profiles) {
  const Eigen::Index steps = profiles.front().scores.rows(), values = profiles.front().scores.cols();
  Eigen::MatrixXd rho = Eigen::MatrixXd::Constant(steps - 1, values, nan);
  for (Eigen::Index s = 0; s + 1 < steps; ++s)
    for (Eigen::Index v = 0; v < values; ++v) {
      std::vector<double> now, then;
      for (const StepProfile& profile : profiles)
        if (!std::isnan(profile.scores(s, v)) && !std::isnan(profile.scores(s + 1, v))) {
          now.push_back(profile.scores(s, v));
          then.push_back(profile.scores(s + 1, v));
        }
      if (now.size() >= 3) rho(s, v) = inference::spearman(now, then);
    }
  return rho;
}

}  // namespace meridian::dilemmas
