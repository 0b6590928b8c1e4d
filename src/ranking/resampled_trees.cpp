#include "ranking/resampled_trees.hpp"

#include <algorithm>
#include <memory>

#include "random/stream.hpp"
#include "resampling/weights.hpp"

namespace meridian::ranking {
namespace {

/// A set of models as the sum of their random keys: 128 bits, so that two of the few thousand sets a run can meet fall
/// together with probability below 1e-30.
using SetKey = std::pair<std::uint64_t, std::uint64_t>;

std::vector<SetKey> model_keys(std::size_t models) {
  std::vector<SetKey> keys;
  random::Stream stream(0, "ranking set keys", 0);
  for (std::size_t i = 0; i < models; ++i) {
    const std::uint64_t high = stream.bits64();
    keys.emplace_back(high, stream.bits64());
  }
  return keys;
}

/// The key of every node, by step.
std::vector<SetKey> node_keys(const std::vector<Merge>& tree, const std::vector<SetKey>& models) {
  std::vector<SetKey> keys = models;
  for (const Merge& merge : tree)
    keys.emplace_back(keys[merge.left].first + keys[merge.right].first,
                      keys[merge.left].second + keys[merge.right].second);
  keys.erase(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(models.size()));
  return keys;
}

/// What all replicates share; made once per rank.
class Support {
 public:
  explicit Support(const Study& study)
      : study_(study),
        terms_(resampling::strata_of(std::vector<std::int32_t>(study.catalog.terms.size(), 0))),
        maker_(study.rows, study.settings.metric),
        models_(model_keys(study.rows.size())),
        nodes_(node_keys(data_tree(study), models_)),
        replicates_(replicates_of(study)) {}

  Eigen::MatrixXd compute(std::size_t first, std::size_t count) const {
    Eigen::MatrixXd found(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(nodes_.size()));
    for (std::size_t r = 0; r < count; ++r) found.row(static_cast<Eigen::Index>(r)) = nodes_found(first + r);
    return found;
  }

 private:
  Eigen::MatrixXd distances(std::size_t replicate) const {
    const Settings& settings = study_.settings;
    if (settings.resampled == Resampled::terms)
      return maker_.distances(resampling::multinomial_weights(terms_, resampling::DrawSize::all, settings.seed,
                                                              "ranking terms", replicate));
    random::Stream stream(settings.seed, "ranking replicates", replicate);
    Rows rows;
    for (const auto& given : replicates_) {
      std::vector<const Ranking*> drawn;
      for (std::size_t r = 0; r < given.size(); ++r)
        drawn.push_back(given[stream.below(static_cast<std::uint32_t>(given.size()))]);
      rows.push_back(reduced_row(drawn, settings.reduction));
    }
    return DistanceMaker(rows, settings.metric).distances(std::vector<double>(rows.front().size(), 1.0));
  }

  Eigen::RowVectorXd nodes_found(std::size_t replicate) const {
    Eigen::RowVectorXd found(static_cast<Eigen::Index>(nodes_.size()));
    const Eigen::MatrixXd distance = distances(replicate);
    if (!distance.allFinite()) return found.setConstant(std::numeric_limits<double>::quiet_NaN());
    std::vector<SetKey> keys = node_keys(cluster(distance, study_.settings.linkage), models_);
    std::sort(keys.begin(), keys.end());
    for (std::size_t node = 0; node < nodes_.size(); ++node)
      found(static_cast<Eigen::Index>(node)) = std::binary_search(keys.begin(), keys.end(), nodes_[node]) ? 1 : 0;
    return found;
  }

  const Study& study_;
  resampling::Strata terms_;
  DistanceMaker maker_;
  std::vector<SetKey> models_, nodes_;
  std::vector<std::vector<const Ranking*>> replicates_;
};

}  // namespace

Eigen::MatrixXd data_distances(const Study& study) {
  return DistanceMaker(study.rows, study.settings.metric)
      .distances(std::vector<double>(study.catalog.terms.size(), 1.0));
}

std::vector<Merge> data_tree(const Study& study) { return cluster(data_distances(study), study.settings.linkage); }

resampling::ReplicateStudy support_study(const Study& study) {
  resampling::ReplicateStudy replicates;
  replicates.kind = "dendrogram";
  for (std::size_t node = 1; node < study.rows.size(); ++node)
    replicates.statistics.push_back("node " + std::to_string(node));
  replicates.fingerprint = study.fingerprint;
  const auto support = std::make_shared<const Support>(study);
  replicates.compute = [support](std::size_t first, std::size_t count) { return support->compute(first, count); };
  return replicates;
}

}  // namespace meridian::ranking
