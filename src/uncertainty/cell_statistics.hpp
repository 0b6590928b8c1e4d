#pragma once
// Statistics of a run's analysis that need no model: mean similarities, ranks of models, what a left-out item changes,
// where the gap between two nations comes from.
#include <cstddef>
#include <vector>

#include "analysis/layout.hpp"
#include "analysis/person_class.hpp"
#include "panel/panel.hpp"
#include "uncertainty/statistic.hpp"

namespace meridian::uncertainty {

/// An analysis of a run beside its sample. Everything must outlive the groups made from it.
struct AnalysisSample {
  const panel::Panel& panel;
  const analysis::Layout& layout;
  const std::vector<analysis::PersonClass>& classes;  ///< as Sample::classes
  const Sample& sample;
};

/// Variant "none": mean similarity per origin and nation and, when `these_models` (columns are not resampled), per
/// model and nation with the rank of the model there (1: most similar). Two nations: the gap, first minus second,
/// overall, per origin and, of two origins, the difference of their gaps. Removal variants: the gap without each part,
/// its change, and the share of the gap that the part carries.
StatisticGroup similarity_statistics(const AnalysisSample& analysis, bool these_models);

/// The statistics of similarity_statistics for these models, over the rows of one variant of the layout; nothing that
/// compares variants.
StatisticGroup variant_statistics(const AnalysisSample& analysis, std::size_t variant);

/// Homogeneity of the people of each nation; with two nations the parts of the gap, over all models and, when
/// `these_models`, per model (analysis/gap.hpp). Reads Replicate::people and columns.
StatisticGroup gap_statistics(const AnalysisSample& analysis, bool these_models);

}  // namespace meridian::uncertainty
