#pragma once
// People while a file is read: answers arrive one by one or row by row; complete cases leave.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "findings/ledger.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// Codes of answers that are not there, below the range of every item (registry.cpp): the file does not name the
/// answer, or names it and says that it is missing.
inline constexpr std::int16_t unnamed_answer = INT16_MIN;
inline constexpr std::int16_t missing_answer = INT16_MIN + 1;

class PeopleBuilder {
 public:
  explicit PeopleBuilder(const Instrument& instrument) : items_(instrument.items.size()) {}

  /// Adds a person without answers; the caller sees to it that ids differ.
  std::size_t add(std::string id, const std::string& nation);
  /// The person with this id, added if new. Do not mix with add().
  std::size_t find_or_add(const std::string& id, const std::string& nation);
  std::int16_t& answer(std::size_t person, std::size_t item) { return people_.answers[person * items_ + item]; }
  const std::string& id(std::size_t person) const { return people_.ids[person]; }
  std::size_t size() const { return people_.size(); }

  /// Complete cases in the order of first naming; the others go to the ledger. Throws InputError if nobody is left.
  People finish(const std::string& source, findings::Ledger& ledger);

 private:
  void keep_complete_cases(const std::string& source, findings::Ledger& ledger);
  void sort_nations();

  std::size_t items_;
  People people_;
  std::unordered_map<std::string, std::size_t> index_;  // look-up only, never walked through
};

}  // namespace meridian::survey
