#pragma once
// Items as a sample: the removal variants of an analysis are the leave-one-out replicates of its instrument, one item
// or one dimension at a time. Nothing is drawn. docs/statistics.md, "Items as a sample".
#include <Eigen/Core>
#include <vector>

#include "findings/table.hpp"
#include "resampling/replicate_study.hpp"
#include "uncertainty/bootstrap.hpp"
#include "uncertainty/cell_statistics.hpp"

namespace meridian::uncertainty {

/// One group of the same statistics per removal variant. InputError unless the variants leave out every item of the
/// instrument exactly once.
std::vector<StatisticGroup> left_out_parts(const AnalysisSample& analysis);

/// Completes `study` (statistics, fingerprint): replicate k is the analysis without part k of Subject::left_out.
resampling::ReplicateStudy item_study(std::shared_ptr<const Subject> subject, resampling::ReplicateStudy study);

/// Table `intervals`: estimate, jackknife bias and standard error, Student's limits (95 %), the smallest and largest
/// value without a part. `replicates`: parts x rows of `estimates`.
findings::Table item_intervals(const findings::Table& estimates, const Eigen::MatrixXd& replicates);

}  // namespace meridian::uncertainty
