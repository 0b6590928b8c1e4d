#include "opinions/predictions.hpp"

#include <map>

#include "audit/bytes.hpp"
#include "error.hpp"
#include "opinions/answer_code.hpp"

namespace meridian::opinions {
namespace {

enum Field : std::size_t { kModel, kCountry, kQuestion, kHuman, kPredicted, kFields };
const std::string kInvalid = "invalid";

using OutcomesByModel = std::map<std::string, Outcomes>;

/// One rank's share of the rows.
class Collector {
 public:
  Collector(const PersonFields& fields, const People& people, InvalidRule rule)
      : fields_(fields), people_(people), rule_(rule) {}
  std::string take(const tables::MappedReader& record, audit::CellCounts& counts);
  const OutcomesByModel& outcomes() const { return outcomes_; }

 private:
  const PersonFields& fields_;
  const People& people_;
  InvalidRule rule_;
  OutcomesByModel outcomes_;
};

std::string Collector::take(const tables::MappedReader& record, audit::CellCounts& counts) {
  const std::string& model = record.text(fields_.model);
  if (model.empty()) return "prediction without a model";
  const std::size_t question = people_.find_question(plain_name(record.text(fields_.question)));
  if (question == People::npos) return "question that is not among people's answers";
  const std::size_t person = people_.find_person(person_key(fields_, record));
  if (person == People::npos) return "person who is not among people's answers";
  const std::int16_t human = people_.code(question, person);
  if (human == kNoAnswer) return "question that the person did not answer";
  const auto code = answer_code(record.text(fields_.answer));
  const bool valid = code && *code >= 0;
  const std::string asked = std::to_string(human), told = valid ? std::to_string(*code) : kInvalid;
  counts.add({&model, &people_.countries[people_.country[person]], &people_.questions[question], &asked, &told}, 0);
  if (!valid && rule_ == InvalidRule::excluded) return "";
  const auto outcomes = outcomes_.try_emplace(model, people_.questions.size() * people_.size()).first;
  outcomes->second.add(question * people_.size() + person, valid && *code == human);
  return "";
}

std::string bytes_of(const OutcomesByModel& outcomes) {
  audit::ByteWriter writer;
  writer.number(static_cast<std::int64_t>(outcomes.size()));
  for (const auto& [model, one] : outcomes) {
    writer.text(model);
    writer.text(one.bytes());
  }
  return writer.bytes();
}

std::vector<Outcomes> gathered(const OutcomesByModel& own, const std::vector<std::string>& models, std::size_t cells,
                               const audit::Team& team) {
  OutcomesByModel all;
  for (const std::string& bytes : team.all_gather(bytes_of(own))) {
    audit::ByteReader reader(bytes);
    for (std::int64_t left = reader.number(); left > 0; --left) {
      const std::string model = reader.text();
      all.try_emplace(model, cells).first->second.add_bytes(reader.text());
    }
  }
  std::vector<Outcomes> in_order;
  for (const std::string& model : models) in_order.push_back(all.try_emplace(model, cells).first->second);
  return in_order;
}

/// People's places of the names in a table of cells.
std::vector<std::size_t> places(const std::vector<std::string>& names, const std::vector<std::string>& order) {
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < order.size(); ++i) at[order[i]] = i;
  std::vector<std::size_t> found;
  for (const std::string& name : names) found.push_back(at.at(name));
  return found;
}

void fill(Predictions& result, const audit::CellTable& cells, const People& people) {
  const auto countries = places(cells.names[kCountry], people.countries);
  const auto questions = places(cells.names[kQuestion], people.questions);
  for (const auto& cell : cells.cells) {
    const std::size_t country = countries[cell.key[kCountry]], question = questions[cell.key[kQuestion]];
    PairedCounts& counts = result.counts[(cell.key[kModel] * result.countries + country) * result.questions + question];
    const int human = *answer_code(cells.names[kHuman][cell.key[kHuman]]);
    const std::string& told = cells.names[kPredicted][cell.key[kPredicted]];
    if (told == kInvalid) {
      counts.invalid[human] += cell.counts[0];
      continue;
    }
    const int predicted = *answer_code(told);
    counts.cells[{human, predicted}] += cell.counts[0];
    result.ranges[question].include(predicted);
  }
}

}  // namespace

PairedCounts Predictions::pooled(std::size_t model, std::size_t question) const {
  PairedCounts all;
  for (std::size_t country = 0; country < countries; ++country) all.add(of(model, country, question));
  return all;
}

Predictions read_predictions(const audit::RecordFiles& records, const PersonFields& fields, const People& people,
                             InvalidRule rule, const audit::Team& team, audit::RowFaults& faults) {
  Collector collector(fields, people, rule);
  const audit::Tally tally = audit::tally_records(
      records, team, kFields, 1,
      [&](const tables::MappedReader& record, audit::CellCounts& counts) { return collector.take(record, counts); });
  faults = tally.faults;
  Predictions result;
  result.models = tally.cells.names[kModel];
  if (result.models.empty())
    throw InputError(records.files.front().first.string(),
                     "no prediction that belongs to a person's answer in " + faults.told(),
                     "the people and questions of the human answers", "Check the mapping and the option profile");
  result.countries = people.countries.size();
  result.questions = people.questions.size();
  result.counts.resize(result.models.size() * result.countries * result.questions);
  result.ranges.resize(result.questions);
  for (std::size_t q = 0; q < result.questions; ++q)
    for (std::size_t person = 0; person < people.size(); ++person)
      if (people.code(q, person) != kNoAnswer) result.ranges[q].include(people.code(q, person));
  fill(result, tally.cells, people);
  result.outcomes = gathered(collector.outcomes(), result.models, people.questions.size() * people.size(), team);
  return result;
}

}  // namespace meridian::opinions
