#pragma once
// Permutation tests of one analysis of a run on contrasts of whole models: no refit, exact while all permutations can
// be enumerated. Null hypotheses and equations: docs/statistics.md, "Permutation tests".
#include <Eigen/Core>
#include <cstdint>
#include <string>

#include "analysis/study.hpp"
#include "findings/table.hpp"
#include "resampling/replicate_study.hpp"

namespace meridian::uncertainty {

enum class PermutationKind {
  origin,    ///< models' origins relabelled: each model's mean, and its gap between two nations
  max_t,     ///< the same relabellings of what removing each part changes, with p-values for all of them together
  language,  ///< the two prompt languages of a whole model exchanged
  persona,   ///< the two personas of a whole model exchanged
};
/// "origin", "max-t", "language", "persona"; InputError otherwise.
PermutationKind parse_permutation(const std::string& name);

struct PermutationOptions {
  PermutationKind kind = PermutationKind::origin;
  std::uint64_t limit = 2'000'000;  ///< enumerate up to so many permutations, draw at random above
  std::uint64_t seed = 1;           ///< of random ones
  int threads = 1;                  ///< for the cosines
};

struct PermutationTest {
  findings::Table observed;  ///< term, family, models, estimate, statistic, null_hypothesis; one row per statistic
  resampling::ReplicateStudy study;  ///< statistics under permutations; `limit` > 0 when they are enumerated
};

/// InputError for an unknown analysis, or one whose design lacks what the test permutes (two origins with two models
/// each, removal variants, two languages, ...).
PermutationTest permutation_test(const analysis::Study& study, const std::string& analysis,
                                 const PermutationOptions& options);

/// Table `permutation`: the observed statistics with p, its 95 % Clopper-Pearson limits, the number of permutations,
/// how they were got, and the p-values adjusted by max-T over the rows of its family. `permuted`: permutations x rows.
findings::Table permutation_table(const findings::Table& observed, const Eigen::MatrixXd& permuted, bool enumerated);

/// Quantiles of |T| under permutation, one row per statistic.
findings::Table distribution_table(const findings::Table& observed, const Eigen::MatrixXd& permuted);

}  // namespace meridian::uncertainty
