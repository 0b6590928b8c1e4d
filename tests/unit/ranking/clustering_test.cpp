// Clustering against R's hclust, partitions against small cases worked by hand.
#include "ranking/clustering.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "inference/correlation.hpp"
#include "ranking/distances.hpp"
#include "ranking/partition.hpp"
#include "unit/ranking/cluster_reference.hpp"

namespace {

using namespace meridian::ranking;

Linkage linkage_of(const std::string& name) {
  if (name == "single") return Linkage::single;
  if (name == "complete") return Linkage::complete;
  if (name == "average") return Linkage::average;
  return name == "weighted" ? Linkage::weighted : Linkage::ward;
}

Metric metric_of(const std::string& name) {
  if (name == "euclidean") return Metric::euclidean;
  if (name == "footrule") return Metric::footrule;
  return name == "spearman" ? Metric::spearman : Metric::kendall;
}

}  // namespace

TEST_CASE("heights, leaf order, partition, cophenetic correlation and silhouettes are R's, with ties too",
          "[ranking]") {
  for (const ClusterReference& reference : cluster_reference()) {
    INFO(reference.data << " " << reference.metric << " " << reference.linkage);
    const Rows& rows = cluster_rows(reference.data);
    const Eigen::MatrixXd distances =
        DistanceMaker(rows, metric_of(reference.metric)).distances(std::vector<double>(rows.front().size(), 1.0));
    const std::vector<Merge> tree = cluster(distances, linkage_of(reference.linkage));
    for (std::size_t step = 0; step < tree.size(); ++step)
      CHECK(tree[step].height == Approx(reference.heights[step]).epsilon(1e-10));
    const auto order = leaf_order(tree), three = cut(tree, 3);
    CHECK(std::vector<double>(order.begin(), order.end()) == reference.order);
    CHECK(std::vector<double>(three.begin(), three.end()) == reference.three);
    CHECK(cophenetic_correlation(tree, distances) == Approx(reference.cophenetic).epsilon(1e-10));
    const auto widths = silhouettes(three, distances);
    for (std::size_t i = 0; i < widths.size(); ++i)
      CHECK(widths[i] == Approx(reference.silhouette[i]).epsilon(1e-10).margin(1e-12));
  }
}

TEST_CASE("weights count a term as often as a repeated column would", "[ranking]") {
  const Rows rows{{1, 2, 3, 4, 5}, {2, 1, 3, 5, 4}, {5, 3, 4, 1, 2}};
  const std::vector<double> weights{2, 0, 1, 3, 1};
  Rows repeated(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t t = 0; t < weights.size(); ++t)
      for (int copy = 0; copy < static_cast<int>(weights[t]); ++copy) repeated[i].push_back(rows[i][t]);
  const auto spearman = DistanceMaker(rows, Metric::spearman).distances(weights);
  const auto kendall = DistanceMaker(rows, Metric::kendall).distances(weights);
  for (Eigen::Index i = 0; i < 3; ++i)
    for (Eigen::Index j = 0; j < i; ++j) {
      const auto &x = repeated[static_cast<std::size_t>(i)], &y = repeated[static_cast<std::size_t>(j)];
      CHECK(spearman(i, j) == Approx(1 - meridian::inference::spearman(x, y)).margin(1e-12));
      CHECK(kendall(i, j) == Approx(1 - meridian::inference::kendall_tau_b(x, y)).margin(1e-12));
    }
}

TEST_CASE("partitions: adjusted Rand index, purity, silhouette", "[ranking]") {
  CHECK(adjusted_rand_index({0, 0, 1, 1}, {1, 1, 0, 0}) == 1);
  CHECK(adjusted_rand_index({0, 0, 1, 1}, {0, 1, 0, 1}) == Approx(-0.5));
  CHECK(adjusted_rand_index({0, 0, 0}, {0, 0, 0}) == 1);
  // By hand: pairs together in both 2, in the first 4, in the second 3, of 15: (2 - 0.8) / (3.5 - 0.8).
  CHECK(adjusted_rand_index({0, 0, 0, 1, 1, 2}, {0, 0, 1, 2, 2, 1}) == Approx(1.2 / 2.7).epsilon(1e-12));
  CHECK(purity({0, 0, 0, 1}, {0, 0, 1, 1}) == 0.75);
  Eigen::MatrixXd distances(3, 3);
  distances << 0, 1, 4, 1, 0, 4, 4, 4, 0;
  CHECK(silhouettes({0, 0, 1}, distances) == std::vector<double>{0.75, 0.75, 0});
  CHECK(std::isnan(silhouettes({0, 0, 0}, distances).front()));
}
