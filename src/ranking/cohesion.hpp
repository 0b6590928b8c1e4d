#pragma once
// How much the models of a group agree, with intervals, and relabellings that ask whether groups matter.
#include <Eigen/Core>

#include "ranking/study.hpp"
#include "resampling/replicate_study.hpp"

namespace meridian::ranking {

/// Agreement of all pairs of models.
struct Agreement {
  Eigen::MatrixXd spearman, kendall;
};
Agreement agreement_of(const Study& study);

/// The values of all unordered pairs within the group.
std::vector<double> pairs_within(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& members);

/// Mean over pairs of different models, each model counted as often as its weight says; NaN if only one model is left.
double weighted_cohesion(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& members,
                         const std::vector<double>& weights);

/// Columns per group: rho and tau by models, rho and tau by pairs. Models are drawn within their group; pairs as if
/// they were independent, which makes the interval too narrow and is kept to compare with print.
resampling::ReplicateStudy cohesion_study(const Study& study, const Agreement& agreement);

/// Statistics of a labelling of the models, all larger when groups matter more: difference of the groups' cohesion
/// (largest less smallest), agreement within less between groups, spread of the groups' mean W, and the adjusted Rand
/// index of the clusters with the groups.
std::vector<double> label_statistics(const std::vector<std::size_t>& labels, std::size_t groups,
                                     const Eigen::MatrixXd& spearman, const std::vector<double>& stability,
                                     const std::vector<std::size_t>& clusters);
const std::vector<std::string>& label_statistic_names();

/// The labels of the models in random order, sizes of groups kept.
resampling::ReplicateStudy label_study(const Study& study, const Agreement& agreement,
                                       const std::vector<double>& stability, const std::vector<std::size_t>& clusters);

/// W of each model's replicates; NaN where there is one only.
std::vector<double> stability_of(const Study& study);

/// Per model: 1 if W of re-ordered replicates reaches the observed one, 0 if not; NaN without W.
resampling::ReplicateStudy stability_study(const Study& study);

}  // namespace meridian::ranking
