#include "opinions/world_values_inputs.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/json_document.hpp"

namespace meridian::opinions {
namespace {

namespace fs = std::filesystem;
using Entries = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kPersonDigits = 6;

/// The object's keys with their values as JSON or text.
Entries object_of(std::string text, const std::string& where) {
  tables::JsonDocument document;
  const std::string fault = document.parse(text);
  Entries entries;
  if (fault.empty()) document.entries({}, entries);
  if (entries.empty())
    throw InputError(where, fault.empty() ? "no keys" : fault, "a JSON object by question",
                     "Give the benchmark's file");
  return entries;
}

Entries object_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return object_of({std::istreambuf_iterator<char>(in), {}}, file.string());
}

double code_of(const std::string& text, const fs::path& file, const std::string& question) {
  double code = 0;
  if (!tables::parse_number(text, code))
    throw InputError(file.string() + ", " + question, "'" + text + "'", "an answer code", "Correct it");
  return code;
}

}  // namespace

std::string question_name(std::string_view text) {
  const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return bare ? "Q" + std::string(text) : std::string(text);
}

std::map<std::string, Scale> read_scales(const fs::path& file) {
  std::map<std::string, Scale> scales;
  for (const auto& [question, text] : object_in(file)) {
    Scale scale;
    bool low = false, high = false;
    for (const auto& [key, value] : object_of(text, file.string() + ", " + question)) {
      if (key == "answer_scale_min") low = tables::parse_number(value, scale.low);
      if (key == "answer_scale_max") high = tables::parse_number(value, scale.high);
    }
    if (low && high && scale.low < scale.high) scales[question_name(question)] = scale;
  }
  if (scales.empty())
    throw InputError(file.string(), "no answer_scale_min below an answer_scale_max", "scales by question",
                     "Give question_metadata.json");
  return scales;
}

Recodes::Recodes(const fs::path& file) {
  for (const auto& [question, text] : object_in(file))
    for (const auto& [from, to] : object_of(text, file.string() + ", " + question))
      targets_[question_name(question)][code_of(from, file, question)] = {to.empty(),
                                                                          to.empty() ? 0 : code_of(to, file, question)};
}

bool Recodes::apply(const std::string& question, double& score) const {
  const auto of_question = targets_.find(question);
  if (of_question == targets_.end()) return true;
  const auto target = of_question->second.find(score);
  if (target == of_question->second.end()) return true;
  score = target->second.score;
  return !target->second.dropped;
}

std::string country_of(const std::string& participant) {
  return participant.size() > kPersonDigits ? participant.substr(0, participant.size() - kPersonDigits) : "";
}

const std::vector<audit::RecordField>& sample_fields() {
  static const std::vector<audit::RecordField> fields{{"question"},           {"participant"},
                                                      {"country", false},     {"continent", false},
                                                      {"urban_rural", false}, {"education", false}};
  return fields;
}

Samples read_samples(const audit::RecordFiles& files, audit::RowFaults& faults) {
  Samples samples;
  audit::each_record(files, faults, [&](const tables::MappedReader& record) -> std::string {
    const std::string question = question_name(record.text(0));
    const std::string& participant = record.text(1);
    if (question.empty() || participant.empty()) return "no question or participant";
    if (!samples.listed.emplace(question, participant).second) return "question and participant listed twice";
    const Person person{record.text(2).empty() ? country_of(participant) : record.text(2), record.text(3),
                        record.text(4), record.text(5)};
    samples.people[participant] = person;
    ++samples.asked[question][person.continent][person.country];
    return "";
  });
  return samples;
}

CountryPercents read_country_percents(const fs::path& file) {
  CountryPercents percents;
  tables::CsvReader csv(file);
  const std::size_t country = csv.column("country_code"), question = csv.column("question"),
                    code = csv.column("answer_code"), percent = csv.column("percent");
  while (csv.next()) {
    const double share = csv.number(percent, "a percentage");
    if (share < 0)
      throw InputError(csv.where(percent), std::string(csv.text(percent)), "a percentage of at least 0", "Correct it");
    percents[question_name(csv.text(question))][std::string(csv.text(country))][csv.number(code)] += share;
  }
  return percents;
}

}  // namespace meridian::opinions
