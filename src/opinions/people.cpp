#include "opinions/people.hpp"

#include <algorithm>

#include "error.hpp"
#include "opinions/answer_code.hpp"

namespace meridian::opinions {
namespace {

std::size_t place_of(std::vector<audit::RecordField>& fields, const std::string& name, bool required) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; });
  const auto place = static_cast<std::size_t>(found - fields.begin());
  if (found == fields.end()) fields.push_back({name, required});
  return place;
}

std::size_t index_in(std::vector<std::string>& names, const std::string& name) {
  const auto place = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  if (place == names.size()) names.push_back(name);
  return place;
}

}  // namespace

PersonFields person_fields(const std::vector<std::string>& profile, bool predicted) {
  PersonFields result;
  if (predicted) result.model = place_of(result.fields, "model", true);
  result.question = place_of(result.fields, "question", true);
  result.answer = place_of(result.fields, "answer", true);
  for (const std::string& part : profile) result.profile.push_back(place_of(result.fields, part, true));
  result.country = place_of(result.fields, "country", false);
  return result;
}

std::string person_key(const PersonFields& fields, const tables::MappedReader& record) {
  std::string key;
  for (const std::size_t part : fields.profile) key += plain_name(record.text(part)) + '\x1f';
  return key;
}

std::size_t People::find_person(const std::string& key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? npos : found->second;
}

std::size_t People::find_question(const std::string& question) const {
  const auto found = question_places_.find(question);
  return found == question_places_.end() ? npos : found->second;
}

std::int16_t People::code(std::size_t question, std::size_t person) const {
  return person < codes_[question].size() ? codes_[question][person] : kNoAnswer;
}

std::string People::add(const std::string& key, const std::string& of_country, const std::string& question,
                        std::int16_t code) {
  const auto person = places_.emplace(key, size());
  if (person.second) country.push_back(index_in(countries, of_country));
  const auto column = question_places_.emplace(question, questions.size());
  if (column.second) {
    questions.push_back(question);
    codes_.emplace_back();
  }
  auto& codes = codes_[column.first->second];
  if (codes.size() < size()) codes.resize(size(), kNoAnswer);
  std::int16_t& place = codes[person.first->second];
  if (place != kNoAnswer) return "second answer of a person to a question (the first counts)";
  place = code;
  return "";
}

People read_people(const audit::RecordFiles& records, const PersonFields& fields, const QuestionTypes& types,
                   audit::RowFaults& faults) {
  People people;
  audit::each_record(records, faults, [&](const tables::MappedReader& record) -> std::string {
    const std::string question = plain_name(record.text(fields.question));
    if (!types.questions.empty() && types.find(question) == QuestionTypes::npos) return "question without a type";
    const auto code = answer_code(record.text(fields.answer));
    if (!code) return "a person's answer that is no whole number";
    if (*code < 0) return "missing answer (code below 0)";
    return people.add(person_key(fields, record), record.text(fields.country), question,
                      static_cast<std::int16_t>(*code));
  });
  if (people.size() == 0)
    throw InputError(records.files.front().first.string(), "no answer that can be used in " + faults.told(),
                     "people's answers as whole numbers to questions of the types' table",
                     "Check the mapping and the table of types");
  return people;
}

}  // namespace meridian::opinions
