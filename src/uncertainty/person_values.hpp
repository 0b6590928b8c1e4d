#pragma once
// A few numbers per person, under the label of either nation: what permuting the nationality of people permutes.
#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "analysis/study.hpp"
#include "resampling/relabellings.hpp"

namespace meridian::uncertainty {

struct PersonValues {
  std::vector<std::string> terms;     ///< one per column
  std::vector<std::string> families;  ///< one per column: adjusted together by max-T
  /// people x terms: as one of the first nation (in code-point order), as one of the second. They differ where the
  /// nations meet different conditions.
  Eigen::MatrixXd first, second;
  resampling::Labels labels;     ///< 1: of the first nation
  std::vector<std::string> ids;  ///< of the people kept
  std::size_t left_out = 0;      ///< people without a cosine in some variant
};

/// Terms `nation` (mean over models and conditions of variant "none"), with two origins `nation:origin` (mean over
/// models of the first less that of the second), one per model, and with removal variants what each changes in the
/// first two (variant less none). InputError unless the analysis has two nations with two people each.
PersonValues person_values(const analysis::Study& study, std::size_t analysis, int threads);

}  // namespace meridian::uncertainty
