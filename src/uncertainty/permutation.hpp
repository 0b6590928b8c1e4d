#pragma once
// Permutation tests of one analysis of a run: what is permuted, the statistic, and its values as a study of replicates.
// Null hypotheses and equations: docs/statistics.md, "Permutation tests".
#include <cstdint>
#include <string>

#include "analysis/study.hpp"
#include "findings/table.hpp"
#include "resampling/replicate_study.hpp"
#include "uncertainty/adjustment.hpp"

namespace meridian::uncertainty {

enum class PermutationKind {
  origin,                ///< models' origins relabelled: each model's mean, and its gap between two nations
  max_t,                 ///< the same relabellings of what removing each part changes, adjusted for all of them
  language,              ///< the two prompt languages of a whole model exchanged
  persona,               ///< the two personas of a whole model exchanged
  nation,                ///< people's nationality; relabelled people meet the conditions of the other nation
  nation_with_language,  ///< people's nationality; their cosines go with them
};
/// "origin", "max-t", "language", "persona", "nation", "nation-with-language"; InputError otherwise.
PermutationKind parse_permutation(const std::string& name);

struct PermutationOptions {
  PermutationKind kind = PermutationKind::origin;
  bool refit = false;               ///< t values of refitted models instead of units' own numbers
  Adjustment adjustment;            ///< Freedman-Lane on units' own numbers; empty formula: none
  std::uint64_t limit = 2'000'000;  ///< enumerate up to so many permutations, draw at random above
  std::uint64_t seed = 1;           ///< of random ones
  int threads = 1;
};

/// The name of the test with what else was asked for: "origin", "origin-refit", "nation-adjusted".
std::string permutation_name(const PermutationOptions& options);

/// What the permutations of a test of such a name do: "the origins of whole models are exchanged".
std::string exchange_words(const std::string& test);

struct PermutationTest {
  findings::Table observed;          ///< permutation_table.hpp
  resampling::ReplicateStudy study;  ///< statistics under permutations; `limit` > 0 when they are enumerated
};

/// InputError for an unknown analysis, for one whose design lacks what the test permutes (two origins with two models
/// each, removal variants, two languages, ...), and for options that do not fit the test.
PermutationTest permutation_test(const analysis::Study& study, const std::string& analysis,
                                 const PermutationOptions& options);

}  // namespace meridian::uncertainty
