#include "dilemmas/step_labels.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::dilemmas {
namespace {

enum Field : std::size_t { kDilemma, kStep, kValueA, kValueB, kWide };

std::string folded(const std::string& label) {
  const std::size_t first = label.find_first_not_of(" \t"), last = label.find_last_not_of(" \t");
  std::string result = first == std::string::npos ? "" : label.substr(first, last - first + 1);
  for (char& letter : result)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return result;
}

/// Labels as they come, before values and dilemmas have numbers.
class Collector {
 public:
  void take(const tables::MappedReader& record) {
    const std::string& dilemma = record.text(kDilemma);
    if (dilemma.empty()) throw InputError(record.where(), "no dilemma", "its name or number", "Fill the field");
    if (record.has(kValueA)) {
      std::int64_t step = 0;
      if (!tables::parse_integer(record.text(kStep), step) || step < 1 || step > static_cast<std::int64_t>(kMostSteps))
        throw InputError(record.where(), "the step " + tables::shown(record.text(kStep)),
                         "a whole number from 1 to " + std::to_string(kMostSteps), "Correct it");
      add(record, static_cast<std::size_t>(step - 1), record.text(kValueA), record.text(kValueB));
    }
    for (std::size_t step = 0; step < kMostSteps; ++step)
      if (const std::size_t at = kWide + 2 * step; record.has(at))
        add(record, step, record.text(at), record.text(at + 1));
  }

  StepLabels labels() const {
    StepLabels made;
    std::set<std::string> values, dilemmas;
    for (const auto& [place, pair] : pairs_) {
      dilemmas.insert(place.first);
      values.insert(pair.begin(), pair.end());
      made.steps = std::max(made.steps, place.second + 1);
    }
    made.values.assign(values.begin(), values.end());
    made.dilemmas.assign(dilemmas.begin(), dilemmas.end());
    made.labels.assign(made.dilemmas.size() * made.steps, {StepLabels::npos, StepLabels::npos});
    const auto index = [&](const std::string& value) {
      return static_cast<std::size_t>(std::lower_bound(made.values.begin(), made.values.end(), value) -
                                      made.values.begin());
    };
    for (const auto& [place, pair] : pairs_)
      made.labels[made.find(place.first) * made.steps + place.second] = {index(pair[0]), index(pair[1])};
    made.written = written_;
    made.folded = folded_;
    made.repeated = repeated_;
    return made;
  }

 private:
  void add(const tables::MappedReader& record, std::size_t step, const std::string& a, const std::string& b) {
    const std::array<std::string, 2> pair{folded(a), folded(b)};
    written_ += 2;
    folded_ += (pair[0] != a ? 1 : 0) + (pair[1] != b ? 1 : 0);
    if (pair[0].empty() || pair[1].empty() || pair[0] == pair[1])
      throw InputError(record.where(), tables::shown(a) + " and " + tables::shown(b) + " as values of a step",
                       "two different values", "Correct the labels");
    const auto [known, fresh] = pairs_.emplace(std::make_pair(record.text(kDilemma), step), pair);
    repeated_ += fresh ? 0 : 1;
    if (!fresh && known->second != pair)
      throw InputError(record.where(),
                       "other values for step " + std::to_string(step + 1) + " of " +
                           tables::shown(record.text(kDilemma)) + " than before",
                       "the same values wherever a dilemma comes", "Correct one of the two, or name them apart");
  }

  std::map<std::pair<std::string, std::size_t>, std::array<std::string, 2>> pairs_;
  std::int64_t written_ = 0, folded_ = 0, repeated_ = 0;
};

}  // namespace

std::size_t StepLabels::find(const std::string& dilemma) const {
  const auto found = std::lower_bound(dilemmas.begin(), dilemmas.end(), dilemma);
  return found != dilemmas.end() && *found == dilemma ? static_cast<std::size_t>(found - dilemmas.begin()) : npos;
}

const std::vector<audit::RecordField>& label_fields() {
  static const std::vector<audit::RecordField> fields = [] {
    std::vector<audit::RecordField> made{{"dilemma"}, {"step", false}, {"value_a", false}, {"value_b", false}};
    for (std::size_t step = 1; step <= kMostSteps; ++step) {
      made.push_back({"value_a_" + std::to_string(step), false});
      made.push_back({"value_b_" + std::to_string(step), false});
    }
    return made;
  }();
  return fields;
}

StepLabels read_step_labels(const audit::RecordFiles& records) {
  Collector collector;
  audit::RowFaults faults;
  audit::each_record(records, faults, [&](const tables::MappedReader& record) {
    collector.take(record);
    return std::string();
  });
  StepLabels labels = collector.labels();
  if (labels.dilemmas.empty())
    throw InputError(records.files.front().first.string(), "no labelled step", "values of choices A and B by step",
                     "Name the columns value_a and value_b, or use a mapping");
  return labels;
}

}  // namespace meridian::dilemmas
