#pragma once
// How far a sample of answers lies from people's on the question's own scale: the metric of WorldValuesBench (Zhao et
// al. 2024, LREC-COLING, 2024.lrec-main.1539). docs/statistics.md, "WorldValuesBench".
#include <cstddef>
#include <map>
#include <vector>

namespace meridian::opinions {

/// Values and their weights (counts or percents, not negative): a sample of any size, or a mixture.
using WeightedValues = std::map<double, double>;

/// Ends of a question's answer scale, low < high.
struct Scale {
  double low = 0, high = 1;
};

/// What becomes of an answer beyond its scale; the authors keep it, so that W1 may exceed 1.
enum class OutOfRange { keep, clip, drop };

/// u = (x - low)/(high - low) with `rule` for x outside; the weights stay.
WeightedValues on_unit_scale(const WeightedValues& answers, Scale scale, OutOfRange rule);
/// Weight of the answers outside the scale.
double weight_outside(const WeightedValues& answers, Scale scale);

/// W1 = integral of |F - G| over the merged support; each side is normalised to weight 1. NaN where a side has none.
double wasserstein(const WeightedValues& first, const WeightedValues& second);

/// Baselines on the unit scale: every whole code alike; all on the commonest of people's answers (ties: the lowest).
WeightedValues uniform_answers(Scale scale);
WeightedValues majority_answer(const WeightedValues& people);

/// The thresholds 0, .05, ..., .40 of the share curves, and the one of the authors' headline.
const std::vector<double>& thresholds();
inline constexpr double kHeadlineThreshold = 0.2;

/// Shares of distances below, and at most at, a threshold (the abstract writes "<", the authors' code "<="); weights
/// are how often each question is counted. Distances within 1e-12 of the threshold count as equal to it; NaN distances
/// are left out. NaN without any.
struct WithinShare {
  double below = 0, at_most = 0;
};
WithinShare share_within(const std::vector<double>& distances, const std::vector<double>& weights, double threshold);

/// Weighted mean of the distances that exist; NaN without any.
double mean_distance(const std::vector<double>& distances, const std::vector<double>& weights);

}  // namespace meridian::opinions
