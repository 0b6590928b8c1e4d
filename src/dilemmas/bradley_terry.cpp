#include "dilemmas/bradley_terry.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>

#include "models/generalized.hpp"

namespace meridian::dilemmas {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<Eigen::Index> present(const Eigen::MatrixXd& wins) {
  std::vector<Eigen::Index> values;
  for (Eigen::Index v = 0; v < wins.rows(); ++v)
    if (wins.row(v).sum() + wins.col(v).sum() > 0) values.push_back(v);
  return values;
}

/// Values that a chain of wins leads to from the first one; against = true: those that lead to it.
std::vector<bool> reached(const Eigen::MatrixXd& wins, const std::vector<Eigen::Index>& values, bool against) {
  std::vector<bool> seen(values.size(), false);
  std::vector<std::size_t> waiting{0};
  seen[0] = true;
  while (!waiting.empty()) {
    const Eigen::Index from = values[waiting.back()];
    waiting.pop_back();
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!seen[k] && (against ? wins(values[k], from) : wins(from, values[k])) > 0) {
        seen[k] = true;
        waiting.push_back(k);
      }
  }
  return seen;
}

/// "" if a finite maximum exists: every value is linked to every other by wins both ways.
std::string separation(const Eigen::MatrixXd& wins, const std::vector<Eigen::Index>& values,
                       const std::vector<std::string>& names) {
  if (values.size() < 2) return "fewer than two values appear";
  for (const bool against : {false, true}) {
    const std::vector<bool> seen = reached(wins, values, against);
    std::string apart;
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!seen[k]) apart += (apart.empty() ? "" : ", ") + names[static_cast<std::size_t>(values[k])];
    if (!apart.empty())
      return std::string("no finite maximum: ") + apart +
             (against ? " never won against the others" : " never lost to the others");
  }
  return {};
}

/// One row per pair that meets: +1 and -1 for its values, the last value being the reference.
models::Design design_of(const Eigen::MatrixXd& wins, const std::vector<Eigen::Index>& values,
                         const std::vector<std::string>& names) {
  std::vector<std::array<std::size_t, 2>> pairs;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = i + 1; j < values.size(); ++j)
      if (wins(values[i], values[j]) + wins(values[j], values[i]) > 0) pairs.push_back({i, j});
  models::Design design;
  const auto rows = static_cast<Eigen::Index>(pairs.size()), free = static_cast<Eigen::Index>(values.size()) - 1;
  design.x = Eigen::MatrixXd::Zero(rows, free);
  design.response.resize(rows);
  design.trials.resize(rows);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const auto [i, j] = pairs[static_cast<std::size_t>(row)];
    design.x(row, static_cast<Eigen::Index>(i)) = 1;
    if (static_cast<Eigen::Index>(j) < free) design.x(row, static_cast<Eigen::Index>(j)) = -1;
    design.trials[row] = wins(values[i], values[j]) + wins(values[j], values[i]);
    design.response[row] = wins(values[i], values[j]);
    design.kept_rows.push_back(static_cast<std::size_t>(row));
  }
  for (Eigen::Index k = 0; k < free; ++k) {
    design.names.push_back(names[static_cast<std::size_t>(values[static_cast<std::size_t>(k)])]);
    design.assign.push_back(static_cast<int>(k) + 1);
    design.term_labels.push_back(design.names.back());
  }
  return design;
}

}  // namespace

BradleyTerry bradley_terry(const Eigen::MatrixXd& wins, const std::vector<std::string>& names) {
  BradleyTerry result;
  result.strength = result.std_error = Eigen::VectorXd::Constant(wins.rows(), nan);
  result.deviance = result.df = result.p_value = nan;
  const std::vector<Eigen::Index> values = present(wins);
  result.undefined = separation(wins, values, names);
  if (!result.undefined.empty()) return result;
  const models::Design design = design_of(wins, values, names);
  const models::GeneralizedFit fit = models::fit_generalized(design, {});
  const auto n = static_cast<Eigen::Index>(values.size());
  // From differences to the reference to strengths that sum to 0.
  const Eigen::MatrixXd centring =
      (Eigen::MatrixXd::Identity(n, n) - Eigen::MatrixXd::Constant(n, n, 1 / static_cast<double>(n))).leftCols(n - 1);
  const Eigen::VectorXd strength = centring * fit.fit.beta;
  const Eigen::VectorXd variance = (centring * fit.fit.vcov * centring.transpose()).diagonal();
  for (Eigen::Index k = 0; k < n; ++k) {
    result.strength[values[static_cast<std::size_t>(k)]] = strength[k];
    result.std_error[values[static_cast<std::size_t>(k)]] = std::sqrt(variance[k]);
  }
  result.deviance = fit.deviance;
  result.df = static_cast<double>(design.x.rows() - (n - 1));
  if (result.df > 0)
    result.p_value =
        boost::math::cdf(boost::math::complement(boost::math::chi_squared(result.df), std::max(0.0, fit.deviance)));
  return result;
}

}  // namespace meridian::dilemmas
