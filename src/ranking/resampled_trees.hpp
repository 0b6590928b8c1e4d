#pragma once
// Bootstrap support of every node of the dendrogram (Felsenstein 1985): how often the same set of models is joined when
// terms, or each model's replicates, are drawn again with replacement.
#include "ranking/study.hpp"
#include "resampling/replicate_study.hpp"

namespace meridian::ranking {

/// The tree of the data.
std::vector<Merge> data_tree(const Study& study);
/// Distances of the data in the metric of the settings.
Eigen::MatrixXd data_distances(const Study& study);

/// One statistic per node of the data's tree: 1 if the replicate's tree has a node with the same members, else 0; NaN
/// when a model's row is constant in the replicate. `study` must outlive what is returned.
resampling::ReplicateStudy support_study(const Study& study);

}  // namespace meridian::ranking
