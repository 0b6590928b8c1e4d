#include "ranking/synthetic.hpp"

#include <algorithm>
#include <cmath>

#include "inference/concordance.hpp"
#include "inference/ranks.hpp"
#include "inference/two_sample.hpp"
#include "random/stream.hpp"
#include "ranking/calibration.hpp"
#include "ranking/cohesion.hpp"
#include "ranking/scores.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::ranking {
namespace {

constexpr int kBisections = 24, kRounds = 6;

std::vector<double> normals(std::uint64_t seed, const char* purpose, std::size_t index, std::size_t count) {
  random::Stream stream(seed, purpose, index);
  std::vector<double> values(count);
  for (double& value : values) value = stream.normal();
  return values;
}

/// The scale at which a falling quantity meets its target.
template <class Quantity>
double bisected(double high, double target, const Quantity& quantity) {
  double low = 0;
  for (int step = 0; step < kBisections; ++step) {
    const double middle = (low + high) / 2;
    (quantity(middle) > target ? low : high) = middle;
  }
  return low;
}

/// Draws of the whole study; noise is drawn once, so that scales alone move the figures.
class Generator {
 public:
  Generator(const Catalog& catalog, const Targets& targets, std::size_t replicates, std::uint64_t seed)
      : catalog_(catalog),
        targets_(targets),
        offsets_(catalog.dimensions.size(), 0.0),
        noise_(catalog.groups.size(), 0.0) {
    const std::size_t k = catalog.terms.size();
    for (std::size_t i = 0; i < catalog.models.size(); ++i) {
      order_.push_back(consensus(catalog.models[i].label));
      own_.push_back(normals(seed, "synthetic model", i, k));
      Rows draws;
      for (std::size_t r = 0; r < replicates; ++r)
        draws.push_back(normals(seed, "synthetic replicate", i * replicates + r, k));
      replicate_.push_back(draws);
    }
  }

  std::vector<Rows> calibrated() {
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t g = 0; g < noise_.size(); ++g) calibrate_group(g);
      move_offsets();
    }
    for (std::size_t g = 0; g < noise_.size(); ++g) calibrate_group(g);
    std::vector<Rows> all;
    for (std::size_t i = 0; i < order_.size(); ++i) all.push_back(rankings(i, noise_[catalog_.models[i].group]));
    return all;
  }

 private:
  /// Ranks of the terms in the archetype's order.
  std::vector<double> consensus(const std::string& label) const {
    std::vector<double> score;
    for (const Term& term : catalog_.terms) score.push_back(targets_.dimension_means[term.dimension]);
    for (const Archetype& archetype : catalog_.archetypes)
      if (archetype.name == label)
        for (std::size_t place = 0; place < archetype.terms.size(); ++place)
          score[archetype.terms[place]] = static_cast<double>(place) - static_cast<double>(archetype.terms.size());
    return inference::midranks(score);
  }

  Rows ranked(std::size_t i, double noise, double scale) const {
    Rows rows;
    for (const auto& draws : replicate_[i]) {
      std::vector<double> score;
      for (std::size_t t = 0; t < draws.size(); ++t)
        score.push_back(order_[i][t] + offsets_[catalog_.terms[t].dimension] + noise * own_[i][t] + scale * draws[t]);
      // Equal scores, as of terms tied in the consensus without noise, fall in prompt order.
      for (std::size_t t = 0; t < score.size(); ++t) score[t] += 1e-9 * static_cast<double>(t);
      rows.push_back(inference::midranks(score));
    }
    return rows;
  }

  /// The model's replicates at this noise, as unstable as its W says.
  Rows rankings(std::size_t i, double noise) const {
    const double w = catalog_.models[i].stability;
    if (!(w < 1)) return ranked(i, noise, 0);
    const double top = 8 * static_cast<double>(catalog_.terms.size());
    const auto concordance = [&](double scale) { return inference::concordance(ranked(i, noise, scale)).w; };
    return ranked(i, noise, bisected(top, w, concordance));
  }

  std::vector<double> mean_row(std::size_t i, double noise) const {
    std::vector<double> mean(catalog_.terms.size(), 0.0);
    const Rows rows = rankings(i, noise);
    for (const auto& row : rows)
      for (std::size_t t = 0; t < row.size(); ++t) mean[t] += row[t] / static_cast<double>(rows.size());
    return mean;
  }

  void calibrate_group(std::size_t group) {
    const std::vector<std::size_t> models = catalog_.models_of(group);
    const auto cohesion = [&](double noise) {
      Rows rows;
      for (const std::size_t i : models) rows.push_back(mean_row(i, noise));
      std::vector<std::size_t> all(rows.size());
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
      return inference::moments(pairs_within(spearman_matrix(rows), all)).mean;
    };
    noise_[group] = bisected(2 * static_cast<double>(catalog_.terms.size()), targets_.cohesion[group], cohesion);
  }

  void move_offsets() {
    Rows rows;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      rows.push_back(mean_row(i, noise_[catalog_.models[i].group]));
      all.push_back(i);
    }
    const Rows scores = dimension_scores(catalog_, rows);
    for (std::size_t d = 0; d < offsets_.size(); ++d)
      offsets_[d] += 0.8 * (targets_.dimension_means[d] - inference::moments(column(scores, all, d)).mean);
  }

  const Catalog& catalog_;
  const Targets& targets_;
  std::vector<double> offsets_, noise_;
  Rows order_, own_;
  std::vector<Rows> replicate_;
};

}  // namespace

std::vector<GivenRanking> synthetic_rankings(const Catalog& catalog, const Targets& targets, std::size_t replicates,
                                             std::uint64_t seed) {
  std::vector<GivenRanking> rankings;
  std::vector<Rows> all = Generator(catalog, targets, replicates, seed).calibrated();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (catalog.models[i].stability < 1) match_concordance(all[i], catalog.models[i].stability, seed, i);
  match_targets(catalog, targets, seed, all);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t r = 0; r < all[i].size(); ++r)
      rankings.push_back({i, std::to_string(r + 1), "", "", all[i][r], "synthetic", {}});
  return rankings;
}

std::string rankings_csv(const std::vector<GivenRanking>& rankings, const Catalog& catalog) {
  std::string text = "model,replicate,term,rank\n";
  for (const GivenRanking& ranking : rankings)
    for (std::size_t t = 0; t < catalog.terms.size(); ++t)
      text += tables::csv_line({catalog.models[ranking.model].name, ranking.replicate, catalog.terms[t].name,
                                tables::format_number(ranking.ranks[t])});
  return text;
}

}  // namespace meridian::ranking
