#pragma once
// What people answered, whole: predictions are compared with it person by person.
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/records.hpp"
#include "opinions/question_types.hpp"

namespace meridian::opinions {

inline constexpr std::int16_t kNoAnswer = std::numeric_limits<std::int16_t>::min();

/// Fields of a file of answers by person: their places and how a person is named.
struct PersonFields {
  std::vector<audit::RecordField> fields;
  std::size_t question = 0, answer = 0, country = 0, model = 0;
  std::vector<std::size_t> profile;  ///< together they name a person
};
/// `profile`: the fields that together name a person (respondent; or country, sex, age, ...). `predicted`: the files
/// have a field model as well.
PersonFields person_fields(const std::vector<std::string>& profile, bool predicted);
std::string person_key(const PersonFields& fields, const tables::MappedReader& record);

class People {
 public:
  std::vector<std::string> countries, questions;  ///< in the order of their coming; country "" where none is given
  std::vector<std::size_t> country;               ///< per person

  std::size_t size() const { return country.size(); }
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  std::size_t find_person(const std::string& key) const;
  std::size_t find_question(const std::string& question) const;
  std::int16_t code(std::size_t question, std::size_t person) const;

  /// "" or the rule by which the answer is left out: the person's second answer to this question.
  std::string add(const std::string& key, const std::string& country, const std::string& question, std::int16_t code);

 private:
  std::vector<std::vector<std::int16_t>> codes_;         // questions x people, each as long as needed
  std::unordered_map<std::string, std::size_t> places_;  // looked up only
  std::unordered_map<std::string, std::size_t> question_places_;
};

/// Every rank reads all of it. Codes below 0 are missing answers (WVS); questions outside `types`, if it has any, are
/// left out; both are counted in `faults`. Throws InputError if nothing is left.
People read_people(const audit::RecordFiles& records, const PersonFields& fields, const QuestionTypes& types,
                   audit::RowFaults& faults);

}  // namespace meridian::opinions
