#include "opinions/question_types.hpp"

#include <algorithm>

#include "error.hpp"
#include "opinions/answer_code.hpp"
#include "tables/text.hpp"

namespace meridian::opinions {

std::size_t QuestionTypes::find(const std::string& question) const {
  const auto found = places_.find(question);
  return found == places_.end() ? npos : found->second;
}

const std::vector<audit::RecordField>& question_type_fields() {
  static const std::vector<audit::RecordField> fields{{"question"}, {"type"}};
  return fields;
}

QuestionTypes read_question_types(const audit::RecordFiles& records) {
  QuestionTypes table;
  audit::RowFaults faults;
  audit::each_record(records, faults, [&](const tables::MappedReader& record) {
    const std::string question = plain_name(record.text(0)), &type = record.text(1);
    if (question.empty() || type.empty())
      throw InputError(record.where(), "a row without question or type", "both", "Fill the row or remove it");
    if (!table.places_.emplace(question, table.questions.size()).second)
      throw InputError(record.where(), "the question " + tables::shown(question) + " again", "each question once",
                       "Remove one of the rows");
    const auto known = std::find(table.types.begin(), table.types.end(), type);
    table.questions.push_back(question);
    table.type.push_back(static_cast<std::size_t>(known - table.types.begin()));
    if (known == table.types.end()) table.types.push_back(type);
    return std::string();
  });
  if (table.questions.empty())
    throw InputError(records.files.front().first.string(), "no question", "one question a row", "Fill the table");
  return table;
}

}  // namespace meridian::opinions
