#include "audit/paired_families.hpp"

#include <map>
#include <set>
#include <utility>

#include "audit/group_comparison.hpp"
#include "audit/permuted_statistics.hpp"
#include "inference/student_interval.hpp"
#include "inference/two_sample.hpp"
#include "tables/csv.hpp"

namespace meridian::audit {

std::vector<double> family_differences(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                                       const std::string& column, const std::string& first, const std::string& second) {
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> families;
  for (const ModelValue& one : values) {
    const std::string& family = registry.value(one.model, registry.family);
    const std::string& level = registry.value(one.model, column);
    if (family.empty()) continue;
    if (level == first) families[family].first.push_back(one.value);
    if (level == second) families[family].second.push_back(one.value);
  }
  std::vector<double> differences;
  for (const auto& [name, sides] : families)
    if (!sides.first.empty() && !sides.second.empty())
      differences.push_back(inference::moments(sides.first).mean - inference::moments(sides.second).mean);
  return differences;
}

Comparison paired_families(const std::vector<double>& differences, const Settings& settings) {
  const Eigen::Map<const Eigen::MatrixXd> units(differences.data(), static_cast<Eigen::Index>(differences.size()), 1);
  const auto signs = resampling::Permutations::signs(differences.size(), settings.permutations, settings.seed);
  const auto t_of = [&](const resampling::Labels& labels) { return inference::flipped_t(units, labels); };
  const PermutedStatistics permuted = permuted_statistics(signs, settings.permutations, t_of);
  const double observed = t_of(resampling::Labels(differences.size(), 0))[0];
  const inference::Moments moments = inference::moments(differences);
  const inference::Interval limits = inference::student_interval(moments, settings.confidence);
  return {moments.mean,
          limits.low,
          limits.high,
          inference::permutation_p(observed, permuted.values.col(0), permuted.how).p,
          permuted.values.rows(),
          signs.enumerated()};
}

std::vector<TrendPoint> family_points(const std::vector<ModelValue>& values, const ModelRegistry& registry,
                                      const std::string& column) {
  std::map<std::string, std::vector<TrendPoint>> families;
  for (const ModelValue& one : values) {
    double x = 0;
    const std::string& family = registry.value(one.model, registry.family);
    if (!family.empty() && tables::parse_number(registry.value(one.model, column), x))
      families[family].push_back({x, one.value, 0});
  }
  std::vector<TrendPoint> points;
  std::size_t stratum = 0;
  for (auto& [name, members] : families) {
    std::set<double> different;
    for (const TrendPoint& point : members) different.insert(point.x);
    if (different.size() < 2) continue;
    for (TrendPoint& point : members) point.stratum = stratum;
    points.insert(points.end(), members.begin(), members.end());
    ++stratum;
  }
  return points;
}

}  // namespace meridian::audit
