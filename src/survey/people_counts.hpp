#pragma once
// Counts of suspicious people: exact, whatever the order of the file.
#include <cstdint>

#include "survey/survey.hpp"

namespace meridian::survey {

struct PeopleCounts {
  std::int64_t people = 0;
  std::int64_t duplicate_ids = 0;
  std::int64_t impossible_values = 0;  ///< answers outside the item's range
  std::int64_t constant = 0;           ///< people with one answer to all items ("straight-liners")
  std::int64_t repeated = 0;           ///< people whose answers equal those of an earlier person, constant ones aside
};

/// Of one nation (index into people.nations).
PeopleCounts count_people(const People& people, std::size_t nation, const Instrument& instrument);

}  // namespace meridian::survey
