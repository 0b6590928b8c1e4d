// Which rankings count, and what is made of those that are not permutations.
#include <algorithm>
#include <cmath>
#include <optional>

#include "inference/quantiles.hpp"
#include "inference/ranks.hpp"
#include "ranking/rankings.hpp"

namespace meridian::ranking {
namespace {

/// In the order in which they are looked for; a ranking is counted under the first.
struct Faults {
  bool while_reading = false, not_whole = false, outside = false, twice = false, missing = false;

  std::string first(const GivenRanking& ranking) const {
    if (while_reading) return ranking.faults.front();
    if (not_whole) return "rank is no whole number";
    if (outside) return "rank outside 1 to the number of terms";
    if (twice) return "rank given twice";
    return missing ? "missing term" : "";
  }
};

Faults faults_of(const GivenRanking& ranking) {
  Faults faults;
  faults.while_reading = !ranking.faults.empty();
  std::vector<double> given;
  for (const double rank : ranking.ranks) {
    if (std::isnan(rank)) {
      faults.missing = true;
      continue;
    }
    faults.not_whole |= rank != std::floor(rank);
    faults.outside |= rank < 1 || rank > static_cast<double>(ranking.ranks.size());
    given.push_back(rank);
  }
  std::sort(given.begin(), given.end());
  faults.twice = std::adjacent_find(given.begin(), given.end()) != given.end();
  return faults;
}

std::vector<double> with_missing_last(const std::vector<double>& ranks) {
  const double k = static_cast<double>(ranks.size());
  double used = 0, missing = 0;
  for (const double rank : ranks) {
    used += std::isnan(rank) ? 0 : rank;
    missing += std::isnan(rank) ? 1 : 0;
  }
  std::vector<double> filled = ranks;
  for (double& rank : filled)
    if (std::isnan(rank)) rank = (k * (k + 1) / 2 - used) / missing;
  return filled;
}

/// The ranks after repair; nothing if the policy does not cover these faults.
std::optional<std::vector<double>> repaired(const GivenRanking& ranking, const Faults& faults, Repair repair) {
  const bool broken_ranks = faults.not_whole || faults.outside || faults.twice;
  const bool none_given =
      std::all_of(ranking.ranks.begin(), ranking.ranks.end(), [](double r) { return std::isnan(r); });
  if (faults.while_reading || none_given) return {};
  if (repair == Repair::midrank && !faults.missing) return inference::midranks(ranking.ranks);
  if (repair == Repair::append_last && faults.missing && !broken_ranks) return with_missing_last(ranking.ranks);
  return {};
}

}  // namespace

std::vector<Ranking> checked(const std::vector<GivenRanking>& given, Repair repair, const std::string& source,
                             findings::Ledger& ledger) {
  std::vector<Ranking> rankings;
  ledger.looked_at(source, "rankings", "left out: no permutation of the ranks",
                   static_cast<std::int64_t>(given.size()));
  for (const GivenRanking& ranking : given) {
    const Faults faults = faults_of(ranking);
    const std::string fault = faults.first(ranking);
    if (fault.empty()) {
      rankings.push_back({ranking.model, ranking.replicate, ranking.language, ranking.version, ranking.ranks});
      continue;
    }
    const auto ranks = repaired(ranking, faults, repair);
    ledger.add(source, "rankings", (ranks ? "repaired: " : "left out: ") + fault, ranking.where);
    if (ranks) rankings.push_back({ranking.model, ranking.replicate, ranking.language, ranking.version, *ranks});
    if (!ranks) ledger.add(source, "rankings", "left out: no permutation of the ranks", ranking.where);
  }
  return rankings;
}

std::vector<double> reduced_row(const std::vector<const Ranking*>& replicates, Reduction how) {
  if (replicates.empty()) return {};
  if (how == Reduction::first) return replicates.front()->ranks;
  std::vector<double> row(replicates.front()->ranks.size()), values(replicates.size());
  for (std::size_t t = 0; t < row.size(); ++t) {
    double sum = 0;
    for (std::size_t r = 0; r < values.size(); ++r) sum += values[r] = replicates[r]->ranks[t];
    row[t] = how == Reduction::median ? inference::median(values) : sum / static_cast<double>(values.size());
  }
  return how == Reduction::consensus ? inference::midranks(row) : row;
}

std::vector<std::vector<double>> reduced(const std::vector<Ranking>& rankings, std::size_t models, Reduction how) {
  std::vector<std::vector<const Ranking*>> of_model(models);
  for (const Ranking& ranking : rankings) of_model[ranking.model].push_back(&ranking);
  std::vector<std::vector<double>> rows;
  for (const auto& replicates : of_model) rows.push_back(reduced_row(replicates, how));
  return rows;
}

}  // namespace meridian::ranking
