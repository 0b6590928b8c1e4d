#include "dilemmas/step_results.hpp"

#include <cmath>

#include "audit/bootstrap.hpp"

namespace meridian::dilemmas {
namespace {

constexpr double kFewAppearances = 30, kLackOfFit = 0.05;

std::vector<StepProfile> profiles_of(const std::vector<WinMatrices>& wins) {
  std::vector<StepProfile> profiles;
  for (const WinMatrices& of_model : wins) profiles.push_back(step_profile(of_model));
  return profiles;
}

/// `set(place, value)` for everything that the profile of a model holds.
template <class Set>
void set_profile(const StatisticPlaces& places, const StepProfile& profile, std::size_t model, const Set& set) {
  for (Eigen::Index v = 0; v < profile.pooled.size(); ++v) {
    const auto value = static_cast<std::size_t>(v);
    for (Eigen::Index s = 0; s < profile.scores.rows(); ++s)
      set(places.score(model, static_cast<std::size_t>(s), value), profile.scores(s, v));
    set(places.pooled(model, value), profile.pooled[v]);
    set(places.volatility(model, value), profile.volatility[v]);
  }
  set(places.mean_volatility(model), profile.mean_volatility);
  set(places.mean_spearman(model), profile.mean_spearman);
  set(places.kendall_w(model), profile.kendall_w);
}

/// One replicate: everything again from dilemmas counted `weights` times.
Eigen::VectorXd resampled(const StepResults& results, const std::vector<double>& weights) {
  const StatisticPlaces places = places_of(results);
  const auto wins = win_matrices(results.contests, results.labels, weights);
  const auto profiles = profiles_of(wins);
  Eigen::VectorXd values(static_cast<Eigen::Index>(places.count()));
  const auto set = [&](std::size_t place, double value) { values[static_cast<Eigen::Index>(place)] = value; };
  for (std::size_t m = 0; m < profiles.size(); ++m) {
    set_profile(places, profiles[m], m, set);
    const Transitivity order = transitivity(pooled(wins[m]), results.options);
    set(places.cyclic_share(m), order.cyclic_share);
    set(places.zeta(m), order.zeta);
    for (std::size_t strength = 0; strength < 3; ++strength)
      set(places.violations(m, strength), order.violation_share(strength));
  }
  const Eigen::MatrixXd stability = stability_over_models(profiles);
  for (Eigen::Index v = 0; v < stability.cols(); ++v)
    set(places.mean_stability(static_cast<std::size_t>(v)), mean_stability(stability, v));
  for (Eigen::Index s = 0; s < stability.rows(); ++s)
    for (Eigen::Index v = 0; v < stability.cols(); ++v)
      set(places.stability(static_cast<std::size_t>(s), static_cast<std::size_t>(v)), stability(s, v));
  return values;
}

resampling::Strata one_stratum(std::size_t units) { return resampling::strata_of(std::vector<std::int32_t>(units, 0)); }

std::string caution_of(const StepResults& results, std::size_t model) {
  const BradleyTerry& fit = results.strengths[model];
  if (!fit.undefined.empty()) return "no strengths: " + fit.undefined;
  return fit.p_value < kLackOfFit ? "no single scale of values describes its choices (lack of fit)" : "";
}

/// Adds a figure that exists.
void add(const StepResults& results, std::size_t model, const std::string& metric, double value, std::size_t place,
         double n, std::vector<audit::SummaryEntry>& summary) {
  if (std::isnan(value)) return;
  std::string caution = caution_of(results, model);
  if (n < kFewAppearances) caution = "rests on fewer than 30 choices" + (caution.empty() ? "" : "; " + caution);
  summary.push_back({results.contests.models[model], metric, value, results.limits[place].low,
                     results.limits[place].high, "bootstrap over dilemmas", std::llround(n), caution});
}

}  // namespace

StatisticPlaces places_of(const StepResults& results) {
  return {results.contests.models.size(), results.labels.steps, results.labels.values.size()};
}

double mean_stability(const Eigen::MatrixXd& stability, Eigen::Index value) {
  double sum = 0, count = 0;
  for (Eigen::Index s = 0; s < stability.rows(); ++s)
    if (!std::isnan(stability(s, value))) {
      sum += stability(s, value);
      ++count;
    }
  return sum / count;
}

void complete(const audit::Team& team, const audit::Settings& settings, StepResults& results) {
  results.wins =
      win_matrices(results.contests, results.labels, std::vector<double>(results.labels.dilemmas.size(), 1.0));
  results.profiles = profiles_of(results.wins);
  results.stability = stability_over_models(results.profiles);
  for (const WinMatrices& wins : results.wins) {
    results.transitivities.push_back(transitivity(pooled(wins), results.options));
    results.strengths.push_back(bradley_terry(pooled(wins), results.labels.values));
  }
  results.limits = audit::bootstrap_limits(
      team, settings, "dilemmas in steps", one_stratum(results.labels.dilemmas.size()), places_of(results).count(),
      [&](const std::vector<double>& weights) { return resampled(results, weights); });
}

std::vector<audit::SummaryEntry> summary_of(const StepResults& results) {
  const StatisticPlaces places = places_of(results);
  std::vector<audit::SummaryEntry> summary;
  for (std::size_t model = 0; model < results.profiles.size(); ++model) {
    const StepProfile& profile = results.profiles[model];
    const Eigen::VectorXd met = appearances(pooled(results.wins[model]));
    for (Eigen::Index v = 0; v < profile.pooled.size(); ++v) {
      const auto value = static_cast<std::size_t>(v);
      add(results, model, "preference score of " + results.labels.values[value], profile.pooled[v],
          places.pooled(model, value), met[v], summary);
    }
    const double choices = met.sum() / 2;
    add(results, model, "rank volatility from step to step", profile.mean_volatility, places.mean_volatility(model),
        choices, summary);
    add(results, model, "Kendall's W of the steps", profile.kendall_w, places.kendall_w(model), choices, summary);
    add(results, model, "Spearman's rho of consecutive steps", profile.mean_spearman, places.mean_spearman(model),
        choices, summary);
    add(results, model, "share of chains against weak stochastic transitivity",
        results.transitivities[model].violation_share(0), places.violations(model, 0), choices, summary);
    add(results, model, "share of cyclic triads", results.transitivities[model].cyclic_share,
        places.cyclic_share(model), choices, summary);
  }
  return summary;
}

}  // namespace meridian::dilemmas
