#include "alignment/option_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "random/stream.hpp"
#include "tables/csv.hpp"

namespace meridian::alignment {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

enum Field : std::size_t { model, country, question, option, value, setting };

/// Where a row's number belongs; built once, for HumanAnswers::find goes through all records.
class Places {
 public:
  explicit Places(const HumanAnswers& humans) : humans_(humans) {
    for (std::size_t r = 0; r < humans.records.size(); ++r)
      places_[humans.countries[humans.records[r].country] + '\n' + humans.questions[humans.records[r].question].name] =
          r;
  }
  std::size_t record(const std::string& from, const std::string& asked) const {
    const auto found = places_.find(from + '\n' + asked);
    return found == places_.end() ? HumanAnswers::npos : found->second;
  }
  const std::vector<std::string>& options(std::size_t record) const {
    return humans_.questions[humans_.records[record].question].options;
  }

 private:
  const HumanAnswers& humans_;
  std::unordered_map<std::string, std::size_t> places_;  // looked up only
};

bool read_score(const std::string& text, double& score) {
  if (text != "-inf" && text != "-Inf" && text != "-Infinity") return tables::parse_number(text, score);
  score = kNaN;
  return true;
}

std::string take(const tables::MappedReader& row, const Places& places, std::vector<Scores>& scores) {
  const std::size_t record = places.record(row.text(country), row.text(question));
  if (record == HumanAnswers::npos) return "no human answers for the country and question";
  const auto& options = places.options(record);
  const auto found = std::find(options.begin(), options.end(), row.text(option));
  if (found == options.end()) return "unknown option";
  double score = 0;
  if (!read_score(row.text(value), score)) return "value is no number";
  Scores& own = scores[record];
  if (own.empty()) own.assign(options.size(), kNaN);
  double& place = own[static_cast<std::size_t>(found - options.begin())];
  if (!std::isnan(place)) return "option given twice";
  place = score;
  return "";
}

/// Nothing there at all counts as not asked.
void settle(ModelScores& scores) {
  for (std::vector<Scores>* all : {&scores.plain, &scores.control})
    for (Scores& own : *all) {
      const auto absent = static_cast<std::size_t>(
          std::count_if(own.begin(), own.end(), [](double score) { return std::isnan(score); }));
      if (absent == own.size()) own.clear();
      if (absent > 0 && !own.empty() && all == &scores.plain) ++scores.missing;
    }
}

}  // namespace

const std::vector<audit::RecordField>& score_fields() {
  static const std::vector<audit::RecordField> fields{{"model"},  {"country"}, {"question"},
                                                      {"option"}, {"value"},   {"setting", false}};
  return fields;
}

std::vector<ModelScores> read_scores(const audit::RecordFiles& files, const HumanAnswers& humans,
                                     audit::RowFaults& faults) {
  const Places places(humans);
  std::map<std::string, ModelScores> by_name;
  audit::each_record(files, faults, [&](const tables::MappedReader& row) -> std::string {
    if (row.text(model).empty()) return "no model";
    ModelScores& scores = by_name[row.text(model)];
    std::vector<Scores>& side = row.text(setting) == "ctrl" ? scores.control : scores.plain;
    if (side.empty()) side.resize(humans.records.size());
    return take(row, places, side);
  });
  std::vector<ModelScores> all;
  for (auto& [name, scores] : by_name) {
    scores.model = name;
    scores.plain.resize(humans.records.size());
    settle(scores);
    const bool asked =
        std::any_of(scores.plain.begin(), scores.plain.end(), [](const Scores& own) { return !own.empty(); });
    if (asked) all.push_back(std::move(scores));
  }
  return all;
}

std::vector<double> distribution_of(const Scores& scores) {
  double highest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (const double score : scores) highest = std::isnan(score) ? highest : std::max(highest, score);
  if (std::isinf(highest)) return {};
  std::vector<double> shares;
  for (const double score : scores) {
    shares.push_back(std::isnan(score) ? 0 : std::exp(score - highest));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

double letter_mass(const Scores& scores) {
  double mass = 0;
  for (const double score : scores) mass += std::isnan(score) ? 0 : std::exp(score);
  return mass;
}

std::vector<std::size_t> other_countries(const HumanAnswers& humans, const std::vector<bool>& usable,
                                         std::uint64_t seed) {
  std::vector<std::vector<std::size_t>> by_question(humans.questions.size());
  for (std::size_t r = 0; r < humans.records.size(); ++r)
    if (usable[r]) by_question[humans.records[r].question].push_back(r);
  std::vector<std::size_t> others(humans.records.size(), HumanAnswers::npos);
  for (std::size_t q = 0; q < by_question.size(); ++q) {
    const auto& records = by_question[q];
    if (records.size() < 2) continue;
    std::vector<std::size_t> cycle = records;
    random::Stream stream(seed, "countries of the control prompt", q);
    for (std::size_t last = cycle.size() - 1; last > 0; --last)
      std::swap(cycle[last], cycle[stream.below(static_cast<std::uint32_t>(last))]);
    for (std::size_t i = 0; i < records.size(); ++i) others[records[i]] = cycle[i];
  }
  return others;
}

}  // namespace meridian::alignment
