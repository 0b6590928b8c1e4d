#include "survey/people_builder.hpp"

#include <algorithm>
#include <numeric>

#include "error.hpp"

namespace meridian::survey {

std::size_t PeopleBuilder::add(std::string id, const std::string& nation) {
  auto& nations = people_.nations;
  auto place = std::find(nations.begin(), nations.end(), nation);
  if (place == nations.end()) place = nations.insert(nations.end(), nation);
  people_.nation.push_back(static_cast<std::int32_t>(place - nations.begin()));
  people_.ids.push_back(std::move(id));
  people_.answers.resize(people_.answers.size() + items_, unnamed_answer);
  return people_.size() - 1;
}

std::size_t PeopleBuilder::find_or_add(const std::string& id, const std::string& nation) {
  const auto [place, fresh] = index_.try_emplace(id, people_.size());
  return fresh ? add(id, nation) : place->second;
}

People PeopleBuilder::finish(const std::string& source, findings::Ledger& ledger) {
  index_.clear();
  keep_complete_cases(source, ledger);
  if (people_.size() == 0)
    throw InputError(source, "nobody who answered all " + std::to_string(items_) + " items",
                     "at least one complete person", "Check the file, the item dictionary and the rules of exclusion.");
  sort_nations();
  return std::move(people_);
}

void PeopleBuilder::keep_complete_cases(const std::string& source, findings::Ledger& ledger) {
  const std::string rule = "complete cases: an item is missing";
  ledger.looked_at(source, "people", rule, static_cast<std::int64_t>(people_.size()));
  std::size_t kept = 0;
  for (std::size_t person = 0; person < people_.size(); ++person) {
    const auto first = people_.answers.begin() + static_cast<std::ptrdiff_t>(person * items_);
    const auto last = first + static_cast<std::ptrdiff_t>(items_);
    if (*std::min_element(first, last) <= missing_answer) {
      ledger.add(source, "people", rule, people_.ids[person]);
      continue;
    }
    if (kept != person) {
      std::copy(first, last, people_.answers.begin() + static_cast<std::ptrdiff_t>(kept * items_));
      people_.ids[kept] = std::move(people_.ids[person]);
      people_.nation[kept] = people_.nation[person];
    }
    ++kept;
  }
  people_.ids.resize(kept);
  people_.nation.resize(kept);
  people_.answers.resize(kept * items_);
}

/// Nations without a complete person go; the others stand in code-point order.
void PeopleBuilder::sort_nations() {
  std::vector<std::int32_t> count(people_.nations.size(), 0);
  for (const std::int32_t nation : people_.nation) ++count[static_cast<std::size_t>(nation)];
  std::vector<std::string> sorted;
  for (std::size_t nation = 0; nation < count.size(); ++nation)
    if (count[nation] > 0) sorted.push_back(people_.nations[nation]);
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::int32_t> place(people_.nations.size(), -1);
  for (std::size_t nation = 0; nation < place.size(); ++nation)
    place[nation] = static_cast<std::int32_t>(std::lower_bound(sorted.begin(), sorted.end(), people_.nations[nation]) -
                                              sorted.begin());
  for (std::int32_t& nation : people_.nation) nation = place[static_cast<std::size_t>(nation)];
  people_.nations = std::move(sorted);
}

}  // namespace meridian::survey
