#include "panel/people_union.hpp"

#include <algorithm>
#include <set>

#include "error.hpp"

namespace meridian::panel {
namespace {

std::vector<std::string> unite_nations(const std::vector<NamedPeople>& sets) {
  std::set<std::string> nations;
  for (const auto& [name, people] : sets) nations.insert(people.nations.begin(), people.nations.end());
  return {nations.begin(), nations.end()};
}

void append(const survey::People& people, survey::People& all) {
  std::vector<std::int32_t> index;
  for (const std::string& nation : people.nations)
    index.push_back(static_cast<std::int32_t>(std::lower_bound(all.nations.begin(), all.nations.end(), nation) -
                                              all.nations.begin()));
  for (const std::int32_t nation : people.nation) all.nation.push_back(index[static_cast<std::size_t>(nation)]);
  all.ids.insert(all.ids.end(), people.ids.begin(), people.ids.end());
  all.answers.insert(all.answers.end(), people.answers.begin(), people.answers.end());
}

using Models = std::vector<survey::Model>;

Models::const_iterator find(const Models& models, Models::const_iterator from, const std::string& name) {
  return std::find_if(from, models.end(), [&](const survey::Model& model) { return model.name == name; });
}

/// Merges two lists that follow one common order: up to each shared model first what only `left` has, then `right`.
Models merge(const Models& left, const Models& right) {
  Models merged;
  auto next = left.begin();
  for (const survey::Model& model : right) {
    const auto shared = find(left, next, model.name);
    if (shared != left.end()) {
      merged.insert(merged.end(), next, shared);
      next = shared + 1;
    }
    if (find(merged, merged.begin(), model.name) == merged.end()) merged.push_back(model);
  }
  for (; next != left.end(); ++next)
    if (find(merged, merged.begin(), next->name) == merged.end()) merged.push_back(*next);
  return merged;
}

}  // namespace

survey::People unite_people(const std::vector<NamedPeople>& sets, std::size_t items, std::vector<PeopleSet>& bounds) {
  survey::People all;
  all.nations = unite_nations(sets);
  for (const auto& [set_name, people] : sets) {
    const std::string& name = set_name;  // clang 14 cannot capture a structured binding
    if (people.answers.size() != people.size() * items || people.nation.size() != people.size())
      throw Error(ExitCode::bug, "people '" + name + "': answers do not fit people x items");
    if (std::any_of(bounds.begin(), bounds.end(), [&](const PeopleSet& set) { return set.name == name; }))
      throw InputError("people", "the set '" + name + "' twice", "each way of telling people apart once",
                       "Name it once.");
    bounds.push_back({name, all.size(), people.size()});
    append(people, all);
  }
  return all;
}

std::vector<survey::Model> unite_models(const std::vector<NamedAnswers>& sources) {
  Models models;
  for (const auto& [name, answers] : sources) models = merge(models, answers.models);
  return models;
}

}  // namespace meridian::panel
