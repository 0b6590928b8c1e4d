#include "trials/trial_unit.hpp"

#include <map>

#include "error.hpp"
#include "storage/column_file.hpp"
#include "storage/digest.hpp"

namespace meridian::trials {
namespace {

using storage::ColumnFile;
using storage::make_column;

struct Part {
  const char* name;
  std::string TrialKey::*text;
};
const Part parts[] = {{"model", &TrialKey::model},
                      {"language", &TrialKey::language},
                      {"persona", &TrialKey::persona},
                      {"item", &TrialKey::item}};

/// Labels in code-point order and a number per trial.
void add_labels(const TrialUnit& unit, const Part& part, ColumnFile& file) {
  std::map<std::string, std::int32_t> codes;
  for (const Trial& trial : unit.trials) codes[trial.key.*part.text] = 0;
  std::vector<std::string> labels;
  for (auto& [label, code] : codes) {
    code = static_cast<std::int32_t>(labels.size());
    labels.push_back(label);
  }
  std::vector<std::int32_t> numbers;
  for (const Trial& trial : unit.trials) numbers.push_back(codes[trial.key.*part.text]);
  file.columns.push_back(make_column(part.name, numbers));
  file.labels.emplace_back(std::string(part.name) + ".labels", labels);
}

template <class T, class Get>
void add(const TrialUnit& unit, const char* name, ColumnFile& file, const Get& get) {
  std::vector<T> values;
  values.reserve(unit.trials.size());
  for (const Trial& trial : unit.trials) values.push_back(static_cast<T>(get(trial)));
  file.columns.push_back(make_column(name, values));
}

void add_texts(const TrialUnit& unit, ColumnFile& file) {
  std::vector<std::int64_t> offsets = {0};
  std::string bytes, digests;
  for (const Trial& trial : unit.trials) {
    bytes += trial.text;
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    digests += storage::sha256_bytes(trial.text);
  }
  file.columns.push_back(make_column("text.offset", offsets));
  file.columns.push_back({"text", storage::ElementType::uint8, 1, std::move(bytes)});
  file.columns.push_back({"text.sha256", storage::ElementType::uint8, 32, std::move(digests)});
}

/// Ragged, by offsets, as only some trials have log-probabilities.
void add_options(const TrialUnit& unit, ColumnFile& file) {
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::int16_t> values;
  std::vector<double> probabilities;
  for (const Trial& trial : unit.trials) {
    for (const OptionProbability& option : trial.options.options) {
      values.push_back(static_cast<std::int16_t>(option.value));
      probabilities.push_back(option.probability);
    }
    offsets.push_back(static_cast<std::int64_t>(values.size()));
  }
  file.columns.push_back(make_column("option.offset", offsets));
  file.columns.push_back(make_column("option.value", values));
  file.columns.push_back(make_column("option.probability", probabilities));
  add<double>(unit, "option.mass", file, [](const Trial& trial) { return trial.options.mass; });
}

void add_problems(const TrialUnit& unit, ColumnFile& file) {
  std::vector<std::uint8_t> kinds;
  std::vector<std::string> texts;
  for (const Problem& problem : unit.problems) {
    kinds.push_back(static_cast<std::uint8_t>(problem.kind));
    texts.push_back(problem.text);
  }
  file.columns.push_back(make_column("problem.kind", kinds));
  file.labels.emplace_back("problem", texts);
}

void take_options(const ColumnFile& file, TrialUnit& unit) {
  const auto offsets = storage::values_of<std::int64_t>(file, "option.offset");
  const auto values = storage::values_of<std::int16_t>(file, "option.value");
  const auto probabilities = storage::values_of<double>(file, "option.probability");
  const auto masses = storage::values_of<double>(file, "option.mass");
  for (std::size_t i = 0; i < unit.trials.size(); ++i) {
    unit.trials[i].options.mass = masses[i];
    for (auto at = static_cast<std::size_t>(offsets[i]); at < static_cast<std::size_t>(offsets[i + 1]); ++at)
      unit.trials[i].options.options.push_back({values[at], probabilities[at]});
  }
}

void take_key(const ColumnFile& file, TrialUnit& unit) {
  for (const Part& part : parts) {
    const auto numbers = storage::values_of<std::int32_t>(file, part.name);
    const std::vector<std::string>& labels = file.label_list(std::string(part.name) + ".labels");
    unit.trials.resize(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
      unit.trials[i].key.*part.text = labels.at(static_cast<std::size_t>(numbers[i]));
  }
  const auto iterations = storage::values_of<std::int64_t>(file, "iteration");
  for (std::size_t i = 0; i < iterations.size(); ++i) unit.trials[i].key.iteration = iterations[i];
}

void take_answers(const ColumnFile& file, TrialUnit& unit) {
  const auto values = storage::values_of<std::int16_t>(file, "value");
  const auto outcomes = storage::values_of<std::uint8_t>(file, "outcome");
  const auto rules = storage::values_of<std::uint8_t>(file, "rule");
  const auto confidences = storage::values_of<std::uint8_t>(file, "confidence");
  const auto lines = storage::values_of<std::int64_t>(file, "line");
  const auto offsets = storage::values_of<std::int64_t>(file, "text.offset");
  const std::string& bytes = file.column("text").bytes;
  for (std::size_t i = 0; i < unit.trials.size(); ++i) {
    Trial& trial = unit.trials[i];
    trial.answer = {static_cast<Outcome>(outcomes[i]), values[i], static_cast<Rule>(rules[i]),
                    static_cast<Confidence>(confidences[i])};
    trial.line = lines[i];
    trial.text =
        bytes.substr(static_cast<std::size_t>(offsets[i]), static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
}

}  // namespace

void write_trial_unit(const std::filesystem::path& path, const TrialUnit& unit, const std::string& origin) {
  ColumnFile file;
  file.attributes["origin"] = origin;
  for (const Part& part : parts) add_labels(unit, part, file);
  add<std::int64_t>(unit, "iteration", file, [](const Trial& trial) { return trial.key.iteration; });
  add<std::int16_t>(unit, "value", file, [](const Trial& trial) { return trial.answer.value; });
  add<std::uint8_t>(unit, "outcome", file, [](const Trial& trial) { return trial.answer.outcome; });
  add<std::uint8_t>(unit, "rule", file, [](const Trial& trial) { return trial.answer.rule; });
  add<std::uint8_t>(unit, "confidence", file, [](const Trial& trial) { return trial.answer.confidence; });
  add<std::int64_t>(unit, "line", file, [](const Trial& trial) { return trial.line; });
  add_texts(unit, file);
  add_options(unit, file);
  add_problems(unit, file);
  storage::write_columns(path, file);
}

TrialUnit read_trial_unit(const std::filesystem::path& path) {
  const ColumnFile file = storage::read_columns(path);
  TrialUnit unit;
  take_key(file, unit);
  take_answers(file, unit);
  take_options(file, unit);
  const auto kinds = storage::values_of<std::uint8_t>(file, "problem.kind");
  const std::vector<std::string>& texts = file.label_list("problem");
  for (std::size_t i = 0; i < kinds.size(); ++i)
    unit.problems.push_back({static_cast<Problem::Kind>(kinds[i]), texts.at(i)});
  return unit;
}

}  // namespace meridian::trials
