#include "opinions/world_values_answers.hpp"

#include <array>

#include "tables/csv.hpp"

namespace meridian::opinions {
namespace {

enum Field : std::size_t { question, participant, score, model, country, continent, urban_rural, education };
enum Key : std::size_t { key_run, key_question, key_continent, key_urban_rural, key_education, key_score, keys };

bool has_percents(const AnswerRules& rules, const std::string& asked, const std::string& where) {
  const auto found = rules.percents->find(asked);
  return found != rules.percents->end() && found->second.count(where) > 0;
}

/// The listed participant's strata, else those of the answer itself.
Person person_of(const tables::MappedReader& record, const Samples& samples) {
  const auto known = samples.people.find(record.text(participant));
  if (known != samples.people.end()) return known->second;
  return {record.text(country).empty() ? country_of(record.text(participant)) : record.text(country),
          record.text(continent), record.text(urban_rural), record.text(education)};
}

/// Counts one answer or says why not.
std::string count_answer(const tables::MappedReader& record, const AnswerRules& rules, const std::string& file,
                         bool people, audit::CellCounts& cells) {
  const std::string asked = question_name(record.text(question));
  if (rules.scales.count(asked) == 0) return "question without a scale";
  if (record.text(score).empty()) return "blank score";
  double value = 0;
  if (!tables::parse_number(record.text(score), value)) return "score is no number";
  if (!rules.samples.listed.empty() && rules.samples.listed.count({asked, record.text(participant)}) == 0)
    return "participant not listed for the question";
  const Person person = person_of(record, rules.samples);
  if (rules.percents && !has_percents(rules, asked, person.country)) return "country without percents of the question";
  if (people && !rules.recodes.apply(asked, value)) return "answer dropped by the adjustments";
  const std::string run = people ? kPeople : record.text(model).empty() ? file : record.text(model);
  const std::string number = tables::format_number(value);
  cells.add({&run, &asked, &person.continent, &person.urban_rural, &person.education, &number}, 0);
  return "";
}

void add_cells(const audit::CellTable& table, ScoreCounts& counts) {
  for (const auto& cell : table.cells) {
    const auto name = [&](Key key) -> const std::string& { return table.names[key][cell.key[key]]; };
    double value = 0;
    tables::parse_number(name(key_score), value);
    const std::array<Stratum, 4> strata{{{"all", ""},
                                         {"continent", name(key_continent)},
                                         {"urban/rural", name(key_urban_rural)},
                                         {"education", name(key_education)}}};
    for (const Stratum& stratum : strata)
      if (stratum.first == "all" || !stratum.second.empty())
        counts[stratum][name(key_question)][name(key_run)][value] += static_cast<double>(cell.counts[0]);
  }
}

void add_mixture(const std::map<std::string, double>& participants,
                 const std::map<std::string, WeightedValues>& percents, const Recodes& recodes,
                 const std::string& asked, WeightedValues& mixture) {
  for (const auto& [where, people] : participants) {
    const auto found = percents.find(where);
    if (found == percents.end()) continue;
    double all = 0;
    for (const auto& [code, percent] : found->second) all += percent;
    for (const auto& [code, percent] : found->second) {
      double value = code;
      if (recodes.apply(asked, value) && percent > 0) mixture[value] += people * percent / all;
    }
  }
}

}  // namespace

const std::vector<audit::RecordField>& answer_record_fields() {
  static const std::vector<audit::RecordField> fields{{"question"},           {"participant"},     {"score"},
                                                      {"model", false},       {"country", false},  {"continent", false},
                                                      {"urban_rural", false}, {"education", false}};
  return fields;
}

void count_scores(const audit::RecordFiles& files, const AnswerRules& rules, bool people, const audit::Team& team,
                  ScoreCounts& counts, audit::RowFaults& faults) {
  for (const auto& file : files.files) {
    const std::string stem = file.first.stem().string();
    const audit::Tally tally = audit::tally_records({{file}}, team, keys, 1,
                                                    [&](const tables::MappedReader& record, audit::CellCounts& cells) {
                                                      return count_answer(record, rules, stem, people, cells);
                                                    });
    add_cells(tally.cells, counts);
    faults.add_bytes(tally.faults.bytes());
  }
}

void mix_countries(const AnswerRules& rules, ScoreCounts& counts) {
  for (const auto& [asked, continents] : rules.samples.asked) {
    const auto percents = rules.percents->find(asked);
    if (percents == rules.percents->end()) continue;
    for (const auto& [where, participants] : continents)
      for (const Stratum& stratum : {Stratum{"all", ""}, Stratum{"continent", where}})
        if (stratum.first == "all" || !where.empty())
          add_mixture(participants, percents->second, rules.recodes, asked, counts[stratum][asked][kPeople]);
  }
}

}  // namespace meridian::opinions
