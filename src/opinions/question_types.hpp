#pragma once
// Which questions are looked at and which type of value each belongs to: a table, because the types' names and members
// are data of a study.
#include <map>
#include <string>
#include <vector>

#include "audit/records.hpp"

namespace meridian::opinions {

struct QuestionTypes {
  std::vector<std::string> questions, types;  ///< in the order of the file
  std::vector<std::size_t> type;              ///< per question
  std::size_t find(const std::string& question) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  friend QuestionTypes read_question_types(const audit::RecordFiles& records);
  std::map<std::string, std::size_t> places_;
};

/// Fields question, type.
const std::vector<audit::RecordField>& question_type_fields();

/// Throws InputError for a question that comes twice or a field without text, and if there is none.
QuestionTypes read_question_types(const audit::RecordFiles& records);

}  // namespace meridian::opinions
