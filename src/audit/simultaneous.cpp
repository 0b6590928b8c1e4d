#include "audit/simultaneous.hpp"

#include <cmath>
#include <limits>
#include <map>

#include "audit/permuted_statistics.hpp"

namespace meridian::audit {
namespace {

using Eigen::Index;

Eigen::VectorXd statistics(const Eigen::MatrixXd& units, const resampling::Labels& labels, bool groups) {
  return groups ? inference::relabelled_welch_t(units, labels) : inference::flipped_t(units, labels);
}

resampling::Labels observed_labels(std::size_t units, std::size_t first) {
  resampling::Labels labels(units, 0);
  std::fill_n(labels.begin(), first, std::uint8_t{1});
  return labels;
}

/// Units x tests of those whose observed t exists; `tests` keeps these.
Eigen::MatrixXd units_of(const std::vector<PermutedUnits>& all, std::vector<std::size_t>& tests) {
  const auto count = static_cast<Index>(all[tests.front()].values.size());
  std::vector<std::size_t> kept;
  Eigen::MatrixXd units(count, static_cast<Index>(tests.size()));
  for (const std::size_t test : tests) {
    const PermutedUnits& one = all[test];
    const Eigen::MatrixXd column = Eigen::Map<const Eigen::MatrixXd>(one.values.data(), count, 1);
    const auto labels = observed_labels(one.values.size(), one.first);
    if (std::isnan(statistics(column, labels, one.first > 0)[0])) continue;
    units.col(static_cast<Index>(kept.size())) = column;
    kept.push_back(test);
  }
  tests = kept;
  return units.leftCols(static_cast<Index>(kept.size()));
}

void step_down_family(const std::vector<PermutedUnits>& all, std::vector<std::size_t> tests, const Settings& settings,
                      std::vector<double>& p) {
  const bool groups = all[tests.front()].first > 0;
  const auto labels = observed_labels(all[tests.front()].values.size(), all[tests.front()].first);
  const Eigen::MatrixXd units = units_of(all, tests);
  if (tests.empty()) return;
  const auto permutations = groups
                                ? resampling::Permutations::relabellings(labels, settings.permutations, settings.seed)
                                : resampling::Permutations::signs(labels.size(), settings.permutations, settings.seed);
  const auto t_of = [&](const resampling::Labels& own) { return statistics(units, own, groups); };
  const PermutedStatistics permuted = permuted_statistics(permutations, settings.permutations, t_of);
  const inference::MaxT found = inference::max_t(t_of(labels), permuted.values, permuted.how);
  for (std::size_t i = 0; i < tests.size(); ++i) p[tests[i]] = found.step_down[i];
}

}  // namespace

std::vector<double> step_down_p(const std::vector<PermutedUnits>& tests, const Settings& settings) {
  std::vector<double> p(tests.size(), std::numeric_limits<double>::quiet_NaN());
  std::map<std::string, std::vector<std::size_t>> families;
  for (std::size_t i = 0; i < tests.size(); ++i)
    if (!tests[i].values.empty()) families[tests[i].family].push_back(i);
  for (const auto& [name, members] : families) step_down_family(tests, members, settings, p);
  return p;
}

}  // namespace meridian::audit
