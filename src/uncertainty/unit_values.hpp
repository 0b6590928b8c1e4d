#pragma once
// One number per model and effect: what permutation tests permute.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "analysis/moments.hpp"
#include "analysis/study.hpp"
#include "resampling/relabellings.hpp"

namespace meridian::uncertainty {

struct UnitValues {
  std::vector<std::string> terms;     ///< one per column
  std::vector<std::string> families;  ///< one per column: those with the same name are adjusted together by max-T
  Eigen::MatrixXd values;             ///< models x terms
  resampling::Labels first;  ///< 1: model of the first origin in code-point order; empty where origin plays no part
};

/// Of one analysis with its moments over all people. InputError where the design lacks what is asked for.
struct UnitSource {
  const analysis::Study& study;
  std::size_t analysis;
  const analysis::Moments& moments;
};

/// Variant "none": the mean over all people (`origin`) and, with two nations, the difference of their means, first
/// minus second (`nation:origin`).
UnitValues values_by_origin(const UnitSource& source);

/// Per removal variant, what the removal changes in either (variant minus none); the changes of one effect are a
/// family.
UnitValues changes_by_origin(const UnitSource& source);

/// Coefficients of the terms with `variable` ("language", "persona"), estimated within each model (unit_contrasts.hpp).
UnitValues contrasts_with(const UnitSource& source, const std::string& variable);

}  // namespace meridian::uncertainty
