#pragma once
// Runs of WorldValuesBench beside people and beside each other: distances by question, share curves, paired tests.
#include <cstddef>
#include <string>
#include <vector>

#include "audit/layer.hpp"
#include "opinions/world_values_answers.hpp"

namespace meridian::opinions {

/// Distances of every run to people within one stratum; NaN where either side has no answer.
struct RunDistances {
  std::vector<std::string> questions;                 ///< with people's answers, in the order of their numbers
  std::vector<std::string> runs;                      ///< the models' runs, then the baselines "uniform" and "majority"
  std::vector<std::vector<double>> distances;         ///< runs x questions
  std::vector<std::vector<double>> answers, outside;  ///< runs x questions: answers and those outside the scale
  std::vector<double> people;                         ///< weight of people's answers by question
};

RunDistances run_distances(const ScoreCounts& counts, const Stratum& stratum,
                           const std::map<std::string, Scale>& scales, OutOfRange rule);

struct Estimate {
  double value = 0, low = 0, high = 0;
};

/// A run's share curve and mean distance, with percentile intervals of the bootstrap over questions.
struct RunShares {
  std::vector<Estimate> below, at_most;  ///< per threshold
  Estimate mean;
  std::size_t questions = 0;  ///< with a distance
};
/// One per run; all runs share the draws, keyed by (seed, replicate).
std::vector<RunShares> run_shares(const RunDistances& found, const audit::Settings& settings);

/// Two runs over the questions both have: mean difference of their distances (first minus second) with interval,
/// Wilcoxon's signed-rank p (exact where it can be), and McNemar's exact p of being within the headline threshold.
struct RunComparison {
  std::size_t first = 0, second = 0, questions = 0;
  Estimate difference;
  double p_wilcoxon = 0;
  std::int64_t only_first = 0, only_second = 0;  ///< questions that only one of them has within the threshold
  double p_mcnemar = 0;
};
/// Every pair of runs, each run against each baseline included.
std::vector<RunComparison> compare_runs(const RunDistances& found, const audit::Settings& settings);

}  // namespace meridian::opinions
