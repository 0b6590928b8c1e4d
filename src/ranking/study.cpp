#include "ranking/study.hpp"

#include <algorithm>

#include "error.hpp"

namespace meridian::ranking {
namespace {

bool constant(const std::vector<double>& row) {
  return std::all_of(row.begin(), row.end(), [&](double rank) { return rank == row.front(); });
}

/// Keeps models that can be compared; the rankings follow.
void keep(const Catalog& catalog, std::vector<Ranking> rankings, const Rows& rows, const std::string& source,
          Study& study) {
  std::vector<std::size_t> place(catalog.models.size(), kUnknown);
  study.catalog = catalog;
  study.catalog.models.clear();
  const std::string missing = "no valid ranking", same = "all terms at the same rank";
  for (const std::string& rule : {missing, same})
    study.ledger.looked_at(source, "models", rule, static_cast<std::int64_t>(catalog.models.size()));
  for (std::size_t i = 0; i < catalog.models.size(); ++i) {
    if (rows[i].empty() || constant(rows[i])) {
      study.ledger.add(source, "models", rows[i].empty() ? missing : same, catalog.models[i].name);
      continue;
    }
    place[i] = study.catalog.models.size();
    study.catalog.models.push_back(catalog.models[i]);
    study.groups.push_back(catalog.models[i].group);
    study.rows.push_back(rows[i]);
  }
  for (Ranking& ranking : rankings)
    if (place[ranking.model] != kUnknown) {
      ranking.model = place[ranking.model];
      study.rankings.push_back(std::move(ranking));
    }
}

/// A group without models would be a column of nothing in every table.
void drop_empty_groups(Study& study) {
  std::vector<std::string> groups;
  std::vector<std::size_t> place(study.catalog.groups.size(), kUnknown);
  for (std::size_t g = 0; g < study.catalog.groups.size(); ++g)
    if (!study.catalog.models_of(g).empty()) {
      place[g] = groups.size();
      groups.push_back(study.catalog.groups[g]);
    }
  for (std::size_t i = 0; i < study.groups.size(); ++i)
    study.groups[i] = study.catalog.models[i].group = place[study.groups[i]];
  study.catalog.groups = groups;
}

}  // namespace

Study make_study(const Catalog& catalog, const std::vector<GivenRanking>& given, const Settings& settings,
                 const std::string& source) {
  Study study;
  study.settings = settings;
  std::vector<Ranking> rankings = checked(given, settings.repair, source, study.ledger);
  const Rows rows = reduced(rankings, catalog.models.size(), settings.reduction);
  keep(catalog, std::move(rankings), rows, source, study);
  drop_empty_groups(study);
  if (study.rows.size() < 2)
    throw InputError(source, std::to_string(study.rows.size()) + " models with a valid ranking", "at least two",
                     "The ledger rule is 'repair = reject': mend the rankings, or choose midrank or append_last");
  if (settings.clusters > study.rows.size())
    throw InputError("clusters", std::to_string(settings.clusters),
                     "at most the " + std::to_string(study.rows.size()) + " models that are left", "Ask for fewer");
  return study;
}

std::vector<std::vector<const Ranking*>> replicates_of(const Study& study) {
  std::vector<std::vector<const Ranking*>> of_model(study.rows.size());
  for (const Ranking& ranking : study.rankings) of_model[ranking.model].push_back(&ranking);
  return of_model;
}

}  // namespace meridian::ranking
