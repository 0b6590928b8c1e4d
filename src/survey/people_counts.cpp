#include "survey/people_counts.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace meridian::survey {
namespace {

/// Entries that equal another one further left.
std::int64_t repeats(std::vector<std::string_view>& entries) {
  std::sort(entries.begin(), entries.end());
  std::int64_t found = 0;
  for (std::size_t i = 1; i < entries.size(); ++i) found += entries[i] == entries[i - 1];
  return found;
}

}  // namespace

PeopleCounts count_people(const People& people, std::size_t nation, const Instrument& instrument) {
  const std::size_t items = instrument.items.size();
  PeopleCounts counts;
  std::vector<std::string_view> ids, rows;
  for (std::size_t person = 0; person < people.size(); ++person) {
    if (static_cast<std::size_t>(people.nation[person]) != nation) continue;
    ++counts.people;
    const std::int16_t* answers = people.answers.data() + person * items;
    for (std::size_t item = 0; item < items; ++item)
      counts.impossible_values +=
          answers[item] < instrument.items[item].lowest || answers[item] > instrument.items[item].highest;
    const bool constant = *std::min_element(answers, answers + items) == *std::max_element(answers, answers + items);
    counts.constant += constant;
    ids.emplace_back(people.ids[person]);
    if (!constant) rows.emplace_back(reinterpret_cast<const char*>(answers), items * sizeof *answers);
  }
  counts.duplicate_ids = repeats(ids);
  counts.repeated = repeats(rows);
  return counts;
}

}  // namespace meridian::survey
