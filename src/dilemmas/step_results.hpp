#pragma once
// Everything the layer of dilemmas in steps computes, before it becomes tables, figures and summary.
#include <vector>

#include "audit/layer.hpp"
#include "dilemmas/bradley_terry.hpp"
#include "dilemmas/transitivity.hpp"
#include "dilemmas/value_scores.hpp"
#include "inference/intervals.hpp"

namespace meridian::dilemmas {

struct StepResults {
  StepLabels labels;
  Contests contests;
  TournamentOptions options;
  std::int64_t rows = 0;                     ///< of answers, used or not
  std::vector<WinMatrices> wins;             ///< per model
  std::vector<StepProfile> profiles;         ///< per model
  std::vector<Transitivity> transitivities;  ///< per model, over all steps
  std::vector<BradleyTerry> strengths;       ///< per model, over all steps
  Eigen::MatrixXd stability;                 ///< (steps - 1) x values
  std::vector<inference::Interval> limits;   ///< bootstrap over dilemmas, see StatisticPlaces
};

/// Where a statistic stands in the vector that is resampled.
class StatisticPlaces {
 public:
  StatisticPlaces(std::size_t models, std::size_t steps, std::size_t values)
      : models_(models), steps_(steps), values_(values) {}
  std::size_t count() const { return models_ * of_a_model() + steps_ * values_; }
  std::size_t score(std::size_t model, std::size_t step, std::size_t value) const {
    return model * of_a_model() + step * values_ + value;
  }
  std::size_t pooled(std::size_t model, std::size_t value) const { return score(model, steps_, value); }
  std::size_t volatility(std::size_t model, std::size_t value) const { return score(model, steps_ + 1, value); }
  std::size_t mean_volatility(std::size_t model) const { return score(model, steps_ + 2, 0); }
  std::size_t mean_spearman(std::size_t model) const { return mean_volatility(model) + 1; }
  std::size_t kendall_w(std::size_t model) const { return mean_volatility(model) + 2; }
  std::size_t cyclic_share(std::size_t model) const { return mean_volatility(model) + 3; }
  std::size_t zeta(std::size_t model) const { return mean_volatility(model) + 4; }
  /// Share of the chains that violate weak (0), moderate (1), strong (2) stochastic transitivity.
  std::size_t violations(std::size_t model, std::size_t strength) const {
    return mean_volatility(model) + 5 + strength;
  }
  /// From step to the next; the last step: the mean over the steps.
  std::size_t stability(std::size_t step, std::size_t value) const {
    return models_ * of_a_model() + step * values_ + value;
  }
  std::size_t mean_stability(std::size_t value) const { return stability(steps_ - 1, value); }

 private:
  std::size_t of_a_model() const { return (steps_ + 2) * values_ + 8; }
  std::size_t models_, steps_, values_;
};
StatisticPlaces places_of(const StepResults& results);

/// Computes all but labels, contests, options and rows, which must be there. Collective.
void complete(const audit::Team& team, const audit::Settings& settings, StepResults& results);

/// Mean over the steps of a value's stability; NaN without any.
double mean_stability(const Eigen::MatrixXd& stability, Eigen::Index value);

/// The figures that stand for a model, with their intervals and cautions.
std::vector<audit::SummaryEntry> summary_of(const StepResults& results);

}  // namespace meridian::dilemmas
