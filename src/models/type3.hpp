#pragma once
// Type III hypotheses: every term's effect averaged with equal weights over the factors it interacts with.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/design.hpp"

namespace meridian::models {

struct TermHypothesis {
  std::string term;
  Eigen::MatrixXd contrasts;  ///< degrees of freedom x p, over Design::names; no row if the term is aliased
  /// Not empty when the test depends on the choice of a reference level, which lmerTest does not tell: in a + a:b (and
  /// a/b) the main effect of a is tested at the reference level of b.
  std::string note;
};

/// One hypothesis per fixed term, L b = 0, as lmerTest 3.1 (`anova(model, type = 3)`) forms them after SAS: estimable
/// functions from the overparametrised design, those of a term made orthogonal to the terms that contain it. Contrasts
/// of any kind give the same tests, except that centred codes count as numbers (as in a model with hand-made codes). A
/// term that is alone gets lmerTest's type I rows: the same hypothesis, but its degrees of freedom depend on the
/// coding. Same arguments as the call that made `design`.
std::vector<TermHypothesis> type3_contrasts(const Design& design, const Formula& formula, const Frame& frame,
                                            const DesignOptions& options = {});

}  // namespace meridian::models
