#include "opinions/opinion_counts.hpp"

#include <algorithm>

#include "error.hpp"
#include "opinions/answer_code.hpp"
#include "tables/csv.hpp"

namespace meridian::opinions {
namespace {

// Places in opinion_fields: the groups follow.
enum ModelField : std::size_t { kModel, kSurvey, kQuestion, kAnswer, kCount, kText };
enum PeopleField : std::size_t { kPeopleSurvey, kPeopleQuestion, kPeopleAnswer, kPeopleCount, kGroups };

const std::string kWhole = "all";

class OpinionReader {
 public:
  OpinionReader(const QuestionTypes& types, const OpinionOptions& options) : types_(types), options_(options) {}

  std::string take_model(const tables::MappedReader& record, audit::CellCounts& counts) const {
    if (record.text(kModel).empty()) return "answer without a model";
    const auto code = answer_code(record.text(kAnswer));
    const bool valid = code && *code >= 0 && *code < static_cast<int>(options_.codes);
    const std::string survey = survey_of(record.text(kSurvey)), question = plain_name(record.text(kQuestion));
    return add(record, {&record.text(kModel), &survey, &question}, kCount,
               valid ? static_cast<std::size_t>(*code) : options_.codes, counts);
  }

  std::string take_person(const tables::MappedReader& record, audit::CellCounts& counts) const {
    const auto code = answer_code(record.text(kPeopleAnswer));
    if (!code || *code < 0 || *code > static_cast<int>(options_.codes)) return "a person's answer that is no code";
    const std::string survey = survey_of(record.text(kPeopleSurvey));
    const std::string question = plain_name(record.text(kPeopleQuestion));
    std::vector<const std::string*> key{&survey, &question};
    for (std::size_t g = 0; g < options_.groups.size(); ++g) key.push_back(&record.text(kGroups + g));
    return add(record, key, kPeopleCount, static_cast<std::size_t>(*code), counts);
  }

 private:
  static std::string survey_of(const std::string& text) { return text.empty() ? kWhole : text; }

  /// The survey and the question stand last in the key of a model, first in that of people.
  std::string add(const tables::MappedReader& record, const std::vector<const std::string*>& key,
                  std::size_t count_field, std::size_t category, audit::CellCounts& counts) const {
    const std::size_t survey = count_field == kCount ? 1 : 0;
    const auto& wanted = options_.surveys;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), *key[survey]) == wanted.end())
      return "survey that the job does not look at";
    if (types_.find(*key[survey + 1]) == QuestionTypes::npos) return "question without a type";
    const auto count = answer_count(record.text(count_field));
    if (!count) return "count that is no whole number from 0";
    counts.add(key, category, *count);
    return "";
  }

  const QuestionTypes& types_;
  const OpinionOptions& options_;
};

void add_to(Counts& sum, const std::vector<std::int64_t>& counts) {
  for (std::size_t c = 0; c < counts.size(); ++c) sum[c] += static_cast<double>(counts[c]);
}

void place_people(OpinionCounts& result, const audit::CellTable& table, const OpinionOptions& options) {
  result.surveys = options.surveys.empty() ? table.names[0] : options.surveys;
  const std::size_t rows = result.surveys.size() * result.questions();
  result.human_counts.assign(rows, Counts(options.codes + 1, 0.0));
  for (std::size_t g = 0; g < options.groups.size(); ++g) {
    GroupAttribute attribute{options.groups[g], {}, {}};
    for (const std::string& name : table.names[2 + g])
      if (!name.empty()) attribute.groups.push_back(name);
    attribute.counts.assign(rows * attribute.groups.size(), Counts(options.codes + 1, 0.0));
    result.attributes.push_back(std::move(attribute));
  }
  for (const auto& cell : table.cells) {
    const auto survey = std::find(result.surveys.begin(), result.surveys.end(), table.names[0][cell.key[0]]);
    const std::size_t row = static_cast<std::size_t>(survey - result.surveys.begin()) * result.questions() +
                            result.types.find(table.names[1][cell.key[1]]);
    add_to(result.human_counts[row], cell.counts);
    for (std::size_t g = 0; g < options.groups.size(); ++g) {
      GroupAttribute& attribute = result.attributes[g];
      const std::string& group = table.names[2 + g][cell.key[2 + g]];
      const auto place = std::find(attribute.groups.begin(), attribute.groups.end(), group);
      if (place != attribute.groups.end())
        add_to(attribute
                   .counts[row * attribute.groups.size() + static_cast<std::size_t>(place - attribute.groups.begin())],
               cell.counts);
    }
  }
}

void place_models(OpinionCounts& result, const audit::CellTable& table, std::size_t codes) {
  result.models = table.names[kModel];
  result.model_counts.assign(result.models.size() * result.human_counts.size(), Counts(codes + 1, 0.0));
  for (const auto& cell : table.cells) {
    const auto survey =
        std::find(result.surveys.begin(), result.surveys.end(), table.names[kSurvey][cell.key[kSurvey]]);
    if (survey == result.surveys.end()) continue;  // a survey without people
    const std::size_t question = result.types.find(table.names[kQuestion][cell.key[kQuestion]]);
    const auto row =
        cell.key[kModel] * result.surveys.size() + static_cast<std::size_t>(survey - result.surveys.begin());
    add_to(result.model_counts[row * result.questions() + question], cell.counts);
  }
}

}  // namespace

bool OpinionCounts::asked(std::size_t survey, std::size_t question) const {
  const Counts& counts = human(survey, question);
  return std::any_of(counts.begin(), counts.end(), [](double count) { return count > 0; });
}

std::vector<std::size_t> OpinionCounts::asked(std::size_t survey) const {
  std::vector<std::size_t> all;
  for (std::size_t q = 0; q < questions(); ++q)
    if (asked(survey, q)) all.push_back(q);
  return all;
}

std::vector<Counts> OpinionCounts::groups(const GroupAttribute& attribute, std::size_t survey,
                                          std::size_t question) const {
  const std::size_t count = attribute.groups.size();
  const auto first = attribute.counts.begin() + static_cast<std::ptrdiff_t>((survey * questions() + question) * count);
  return {first, first + static_cast<std::ptrdiff_t>(count)};
}

std::vector<audit::RecordField> opinion_fields(const std::vector<std::string>& groups, bool of_models,
                                               bool groups_required) {
  std::vector<audit::RecordField> fields;
  if (of_models) fields.push_back({"model"});
  fields.insert(fields.end(), {{"country", false}, {"question"}, {"answer"}, {"count", false}});
  if (of_models) fields.push_back({"text", false});
  for (const std::string& group : groups) fields.push_back({group, groups_required});
  return fields;
}

OpinionCounts read_opinions(const audit::RecordFiles& answers, const audit::RecordFiles& people,
                            const QuestionTypes& types, const OpinionOptions& options, const audit::Team& team,
                            findings::Ledger& ledger, const std::string& source) {
  const OpinionReader reader(types, options);
  const audit::Tally humans = audit::tally_records(people, team, 2 + options.groups.size(), options.codes + 1,
                                                   [&](const tables::MappedReader& record, audit::CellCounts& counts) {
                                                     return reader.take_person(record, counts);
                                                   });
  const audit::Tally models = audit::tally_records(
      answers, team, 3, options.codes + 1,
      [&](const tables::MappedReader& record, audit::CellCounts& counts) { return reader.take_model(record, counts); });
  humans.faults.into(ledger, source + ": people", "answers");
  models.faults.into(ledger, source + ": models", "answers");
  for (const auto& [tally, files] : {std::pair(&humans, &people), std::pair(&models, &answers)})
    if (tally->cells.cells.empty())
      throw InputError(files->files.front().first.string(), "no answer that can be used in " + tally->faults.told(),
                       "answers to questions of the types' table in a survey of the job", "Check mapping and options");
  OpinionCounts result;
  result.types = types;
  place_people(result, humans.cells, options);
  place_models(result, models.cells, options.codes);
  return result;
}

}  // namespace meridian::opinions
