#pragma once
// Tables and figures of the layer first-token; columns: docs/formats.md.
#include <vector>

#include "alignment/first_token_methods.hpp"
#include "findings/figure.hpp"
#include "findings/table.hpp"

namespace meridian::alignment {

/// As Table 4 of Cao et al. 2025: a row per model and method, a column per cell, sim_js and then emd_vec.
findings::Table side_by_side_table(const AlignmentScores& scores, const std::vector<Method>& methods);
findings::Table alignment_table(const AlignmentScores& scores, const std::vector<Method>& methods, double confidence);
/// Context sensitivity (a method minus its control), the calibrator's gain, and its distance to the question mean.
findings::Table contrast_table(const AlignmentScores& scores, const std::vector<Method>& methods, double confidence);
findings::Table score_table(const HumanAnswers& humans, const std::vector<ModelScores>& models, bool log_probabilities);
findings::Table path_table(const std::vector<ModelCalibration>& calibrations);
findings::Table term_table(const HumanAnswers& humans, const Terms& terms,
                           const std::vector<ModelCalibration>& calibrations);
findings::Figure alignment_figure(const AlignmentScores& scores, const std::vector<Method>& methods, double confidence);
/// People's and predicted shares for the record of the cells that the first model's zero-shot answers miss most.
findings::Figure distribution_figure(const HumanAnswers& humans, const std::vector<SplitCell>& cells,
                                     const std::vector<Method>& methods);

}  // namespace meridian::alignment
