#include "ranking/cohesion.hpp"

#include <cmath>
#include <limits>

#include "random/stream.hpp"
#include "resampling/weights.hpp"

namespace meridian::ranking {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Replicates of a few numbers each: large batches keep the files few.
constexpr std::size_t kCohesionBatch = 1000;

double at(const Eigen::MatrixXd& matrix, std::size_t i, std::size_t j) {
  return matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
}

struct GroupPairs {
  std::vector<std::size_t> members;
  std::vector<double> rho, tau;
};

/// Four numbers of one group in one replicate.
void add_cohesion(const GroupPairs& group, const Agreement& agreement, std::uint64_t seed, std::size_t index,
                  std::size_t replicate, Eigen::Ref<Eigen::RowVectorXd> out) {
  const std::string suffix = " of group " + std::to_string(index);
  const auto models =
      resampling::multinomial_weights(resampling::strata_of(std::vector<std::int32_t>(group.members.size(), 0)),
                                      resampling::DrawSize::all, seed, "ranking models" + suffix, replicate);
  out(0) = weighted_cohesion(agreement.spearman, group.members, models);
  out(1) = weighted_cohesion(agreement.kendall, group.members, models);
  out(2) = out(3) = group.rho.empty() ? nan : 0;
  random::Stream stream(seed, "ranking pairs" + suffix, replicate);
  const double pairs = static_cast<double>(group.rho.size());
  for (std::size_t p = 0; p < group.rho.size(); ++p) {
    const std::size_t drawn = stream.below(static_cast<std::uint32_t>(group.rho.size()));
    out(2) += group.rho[drawn] / pairs;
    out(3) += group.tau[drawn] / pairs;
  }
}

}  // namespace

Agreement agreement_of(const Study& study) { return {spearman_matrix(study.rows), kendall_matrix(study.rows)}; }

std::vector<double> pairs_within(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& members) {
  std::vector<double> values;
  for (std::size_t a = 0; a < members.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) values.push_back(at(matrix, members[a], members[b]));
  return values;
}

double weighted_cohesion(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& members,
                         const std::vector<double>& weights) {
  double sum = 0, pairs = 0;
  for (std::size_t a = 0; a < members.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      sum += weights[a] * weights[b] * at(matrix, members[a], members[b]);
      pairs += weights[a] * weights[b];
    }
  return pairs > 0 ? sum / pairs : nan;
}

resampling::ReplicateStudy cohesion_study(const Study& study, const Agreement& agreement) {
  resampling::ReplicateStudy replicates;
  replicates.kind = "cohesion";
  replicates.batch = kCohesionBatch;
  replicates.fingerprint = study.fingerprint;
  std::vector<GroupPairs> groups;
  for (std::size_t g = 0; g < study.catalog.groups.size(); ++g) {
    const auto members = study.catalog.models_of(g);
    groups.push_back({members, pairs_within(agreement.spearman, members), pairs_within(agreement.kendall, members)});
    for (const char* what : {"rho by models, ", "tau by models, ", "rho by pairs, ", "tau by pairs, "})
      replicates.statistics.push_back(what + study.catalog.groups[g]);
  }
  const std::uint64_t seed = study.settings.seed;
  replicates.compute = [groups, agreement, seed](std::size_t first, std::size_t count) {
    Eigen::MatrixXd out(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(4 * groups.size()));
    for (std::size_t r = 0; r < count; ++r)
      for (std::size_t g = 0; g < groups.size(); ++g) {
        Eigen::RowVectorXd four(4);
        add_cohesion(groups[g], agreement, seed, g, first + r, four);
        out.block(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(4 * g), 1, 4) = four;
      }
    return out;
  };
  return replicates;
}

}  // namespace meridian::ranking
