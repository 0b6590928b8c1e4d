#include "ranking/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "inference/concordance.hpp"
#include "inference/ranks.hpp"
#include "inference/two_sample.hpp"
#include "random/stream.hpp"
#include "ranking/scores.hpp"

namespace meridian::ranking {
namespace {

constexpr std::size_t kNeighbourExchanges = 4000, kExchangesPerModel = 4000;
constexpr double kFirstThreshold = 20;
/// Differences from the target that cost 1.
constexpr double kMeanScale = 0.05, kCohesionScale = 0.01, kSpreadScale = 0.05, kTallyScale = 0.2;

/// 0 where nothing is printed.
double cost(double found, double target, double scale) {
  const double off = (found - target) / scale;
  return std::isnan(off) ? 0 : off * off;
}

/// Midranks with mean 0 and length 1: the product of two rows is Spearman's rho.
std::vector<double> standardised(const std::vector<double>& row) {
  std::vector<double> ranks = inference::midranks(row);
  const inference::Moments moments = inference::moments(ranks);
  const double length = std::sqrt(moments.variance * static_cast<double>(ranks.size() - 1));
  for (double& rank : ranks) rank = (rank - moments.mean) / length;
  return ranks;
}

std::vector<double> mean_row(const Rows& replicates) {
  std::vector<double> mean(replicates.front().size(), 0.0);
  for (const auto& row : replicates)
    for (std::size_t t = 0; t < row.size(); ++t) mean[t] += row[t] / static_cast<double>(replicates.size());
  return mean;
}

/// The figures as sums over models and pairs, kept up to date when one model changes.
class Figures {
 public:
  Figures(const Catalog& catalog, const Targets& targets, std::vector<Rows>& replicates)
      : catalog_(catalog),
        targets_(targets),
        replicates_(replicates),
        means_(catalog.dimensions.size(), 0.0),
        first_(means_),
        second_(means_),
        rho_(catalog.groups.size(), 0.0),
        rho_sq_(rho_) {
    for (const Rows& rows : replicates) {
      mean_rows_.push_back(mean_row(rows));
      standard_.push_back(standardised(mean_rows_.back()));
    }
    for (std::size_t g = 0; g < catalog.groups.size(); ++g) members_.push_back(catalog.models_of(g));
    for (std::size_t i = 0; i < replicates.size(); ++i) count(i, 1);
    // Every pair was met from both of its sides.
    for (std::size_t g = 0; g < rho_.size(); ++g) {
      rho_[g] /= 2;
      rho_sq_[g] /= 2;
    }
  }

  void exchange(std::size_t model, std::size_t s, std::size_t t) {
    count(model, -1);
    std::swap(mean_rows_[model][s], mean_rows_[model][t]);
    std::swap(standard_[model][s], standard_[model][t]);
    for (auto& row : replicates_[model]) std::swap(row[s], row[t]);
    count(model, 1);
  }

  double misfit() const {
    double sum = 0;
    const double models = static_cast<double>(mean_rows_.size());
    for (std::size_t d = 0; d < means_.size(); ++d)
      sum += cost(means_[d] / models, targets_.dimension_means[d], kMeanScale) +
             cost(first_[d], targets_.primary[d], kTallyScale) + cost(second_[d], targets_.secondary[d], kTallyScale);
    for (std::size_t g = 0; g < rho_.size(); ++g) {
      const double n = static_cast<double>(members_[g].size()), pairs = n * (n - 1) / 2, mean = rho_[g] / pairs;
      const double variance = std::max(0.0, rho_sq_[g] / pairs - mean * mean) * pairs / (pairs - 1);
      sum += cost(mean, targets_.cohesion[g], kCohesionScale) +
             cost(std::sqrt(variance), targets_.cohesion_sd[g], kSpreadScale);
    }
    return sum;
  }

 private:
  /// Adds (sign 1) or takes away (-1) what a model contributes.
  void count(std::size_t model, double sign) {
    const std::vector<double> scores = dimension_scores(catalog_, {mean_rows_[model]}).front();
    const std::vector<double> first = votes(scores, 0, true), second = votes(scores, 1, true);
    for (std::size_t d = 0; d < scores.size(); ++d) {
      means_[d] += sign * scores[d];
      first_[d] += sign * first[d];
      second_[d] += sign * second[d];
    }
    const std::size_t group = catalog_.models[model].group;
    for (const std::size_t other : members_[group]) {
      if (other == model) continue;
      double rho = 0;
      for (std::size_t t = 0; t < standard_[model].size(); ++t) rho += standard_[model][t] * standard_[other][t];
      rho_[group] += sign * rho;
      rho_sq_[group] += sign * rho * rho;
    }
  }

  const Catalog& catalog_;
  const Targets& targets_;
  std::vector<Rows>& replicates_;
  std::vector<double> means_, first_, second_, rho_, rho_sq_;
  Rows mean_rows_, standard_;
  std::vector<std::vector<std::size_t>> members_;
};

/// Per model and term: is it in the value set of the model's archetype?
std::vector<std::vector<bool>> value_sets(const Catalog& catalog) {
  std::vector<std::vector<bool>> sets;
  for (const Model& model : catalog.models) {
    sets.emplace_back(catalog.terms.size(), false);
    for (const Archetype& archetype : catalog.archetypes)
      if (archetype.name == model.label)
        for (const std::size_t term : archetype.terms) sets.back()[term] = true;
  }
  return sets;
}

}  // namespace

void match_concordance(Rows& replicates, double w, std::uint64_t seed, std::size_t stream_index) {
  random::Stream stream(seed, "synthetic concordance", stream_index);
  const auto terms = static_cast<std::uint32_t>(replicates.front().size());
  double off = std::abs(inference::concordance(replicates).w - w);
  for (std::size_t step = 0; step < kNeighbourExchanges; ++step) {
    auto& row = replicates[stream.below(static_cast<std::uint32_t>(replicates.size()))];
    const double rank = 1 + stream.below(terms - 1);
    const auto upper = std::find(row.begin(), row.end(), rank), lower = std::find(row.begin(), row.end(), rank + 1);
    std::iter_swap(upper, lower);
    const double now = std::abs(inference::concordance(replicates).w - w);
    if (now < off)
      off = now;
    else
      std::iter_swap(upper, lower);
  }
}

void match_targets(const Catalog& catalog, const Targets& targets, std::uint64_t seed, std::vector<Rows>& replicates) {
  random::Stream stream(seed, "synthetic exchanges", 0);
  const auto sets = value_sets(catalog);
  const auto models = static_cast<std::uint32_t>(replicates.size()),
             terms = static_cast<std::uint32_t>(catalog.terms.size());
  const std::size_t steps = kExchangesPerModel * replicates.size();
  Figures figures(catalog, targets, replicates);
  double misfit = figures.misfit();
  for (std::size_t step = 0; step < steps; ++step) {
    const double past = 2.0 * static_cast<double>(step) / static_cast<double>(steps);
    const std::size_t model = stream.below(models), s = stream.below(terms), t = stream.below(terms);
    if (s == t || sets[model][s] != sets[model][t]) continue;
    figures.exchange(model, s, t);
    const double now = figures.misfit();
    if (now < misfit + kFirstThreshold * std::max(0.0, 1 - past))
      misfit = now;
    else
      figures.exchange(model, s, t);
  }
}

}  // namespace meridian::ranking
