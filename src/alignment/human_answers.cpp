#include "alignment/human_answers.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/json_document.hpp"

namespace meridian::alignment {
namespace {

constexpr double kMostOfFractions = 2, kOff = 0.01;
const std::string kBefore = "How would someone from ", kAfter = " answer the following question";

using Shares = std::vector<std::pair<std::string, std::string>>;  // option, share as text

std::string country_of(const std::string& instruction) {
  const std::size_t end = instruction.find(kAfter);
  if (instruction.rfind(kBefore, 0) != 0 || end == std::string::npos) return "";
  return instruction.substr(kBefore.size(), end - kBefore.size());
}

/// "(A)Very favourable" -> "A".
std::string letter_of(const std::string& option) {
  const std::size_t end = option.find(')');
  return option.size() > 2 && option[0] == '(' && end != std::string::npos ? option.substr(1, end - 1) : "";
}

/// Shares in the order of the options; nothing where one is negative, no number or of no option.
std::optional<std::vector<double>> ordered(const Question& question, const Shares& given) {
  std::vector<double> shares(question.options.size(), 0.0);
  for (const auto& [option, text] : given) {
    const auto place = std::find(question.options.begin(), question.options.end(), option);
    double share = 0;
    if (place == question.options.end() || !tables::parse_number(text, share) || share < 0) return {};
    shares[static_cast<std::size_t>(place - question.options.begin())] += share;
  }
  return shares;
}

/// Takes distributions one by one; knows which countries, questions and pairs of them have come.
class Intake {
 public:
  explicit Intake(HumanAnswers& answers) : answers_(answers) {
    for (const std::string& country : answers.countries) countries_.emplace(country, countries_.size());
    for (const Question& question : answers.questions) questions_.emplace(question.name, questions_.size());
    for (const HumanRecord& record : answers.records) met_.emplace(record.country, record.question);
  }
  /// Adds the distribution or says why not.
  std::string take(const std::string& country, const Question& question, const Shares& given);

 private:
  void add(const std::string& country, std::size_t question, std::vector<double> shares, double sum);
  HumanAnswers& answers_;
  std::unordered_map<std::string, std::size_t> countries_, questions_;  // looked up only, never gone through
  std::set<std::pair<std::size_t, std::size_t>> met_;
};

std::string Intake::take(const std::string& country, const Question& question, const Shares& given) {
  if (country.empty() || question.name.empty()) return "no country or question";
  if (question.options.size() < 2) return "fewer than two options";
  std::optional<std::vector<double>> shares = ordered(question, given);
  if (!shares) return "a share that is negative, no number or of no option";
  const double sum = std::accumulate(shares->begin(), shares->end(), 0.0);
  if (!(sum > 0)) return "shares sum to 0";
  const auto place = questions_.emplace(question.name, answers_.questions.size());
  if (place.second) answers_.questions.push_back(question);
  const std::size_t q = place.first->second;
  if (answers_.questions[q].options != question.options) return "other options than the question's first record";
  const auto known = countries_.find(country);
  if (known != countries_.end() && met_.count({known->second, q}) > 0) return "country and question met before";
  add(country, q, std::move(*shares), sum);
  return "";
}

void Intake::add(const std::string& country, std::size_t question, std::vector<double> shares, double sum) {
  const double scale = sum <= kMostOfFractions ? 1 : 100;
  ++(scale == 1 ? answers_.fractions : answers_.percents);
  answers_.off += std::abs(sum / scale - 1) > kOff ? 1 : 0;
  for (double& share : shares) share /= sum;
  const auto place = countries_.emplace(country, answers_.countries.size());
  if (place.second) answers_.countries.push_back(country);
  met_.emplace(place.first->second, question);
  answers_.records.push_back({place.first->second, question, std::move(shares)});
}

std::string only(const tables::JsonDocument& document, const std::string& key) {
  std::vector<std::string> found;
  document.find({key}, found);
  return found.empty() ? "" : found.front();
}

std::string take_element(const tables::JsonDocument& document, Intake& intake) {
  Question question{only(document, "id"), {}};
  std::vector<std::string> options;
  document.find({"options", "*"}, options);
  for (const std::string& option : options) question.options.push_back(letter_of(option));
  if (std::count(question.options.begin(), question.options.end(), "") > 0) return "an option without '(letter)'";
  Shares given;
  document.entries({"options_dist"}, given);
  return intake.take(country_of(only(document, "instruction")), question, given);
}

/// Numbers by value, before other names.
bool option_order(const std::string& a, const std::string& b) {
  double x = 0, y = 0;
  const bool number_a = tables::parse_number(a, x), number_b = tables::parse_number(b, y);
  return number_a && number_b ? x < y : number_a != number_b ? number_a : a < b;
}

}  // namespace

std::size_t HumanAnswers::find(const std::string& country, const std::string& question) const {
  for (std::size_t r = 0; r < records.size(); ++r)
    if (countries[records[r].country] == country && questions[records[r].question].name == question) return r;
  return npos;
}

void read_distribution_records(const std::filesystem::path& file, HumanAnswers& answers, audit::RowFaults& faults) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  tables::JsonDocument document;
  const std::string fault = document.parse(text);
  if (!fault.empty() || !document.enter({}))
    throw InputError(file.string(), fault.empty() ? "no array" : fault, "a JSON array of records",
                     "Give the records of country distributions");
  Intake intake(answers);
  for (std::size_t record = 1; document.next_element(); ++record) {
    faults.looked_at(1);
    const std::string rule = take_element(document, intake);
    if (!rule.empty()) faults.add(rule, 0, record, file.filename().string() + ", record " + std::to_string(record));
  }
}

const std::vector<audit::RecordField>& distribution_fields() {
  static const std::vector<audit::RecordField> fields{{"question"}, {"country"}, {"option"}, {"share"}};
  return fields;
}

void read_distribution_rows(const audit::RecordFiles& files, HumanAnswers& answers, audit::RowFaults& faults) {
  std::map<std::string, Question> questions;
  std::map<std::pair<std::string, std::string>, Shares> given;  // question, country
  audit::each_record(files, faults, [&](const tables::MappedReader& record) -> std::string {
    const std::string &question = record.text(0), &country = record.text(1), &option = record.text(2);
    if (question.empty() || country.empty() || option.empty()) return "no question, country or option";
    Question& known = questions[question];
    known.name = question;
    if (std::find(known.options.begin(), known.options.end(), option) == known.options.end())
      known.options.push_back(option);
    given[{question, country}].emplace_back(option, record.text(3));
    return "";
  });
  for (auto& [name, question] : questions) std::sort(question.options.begin(), question.options.end(), option_order);
  Intake intake(answers);
  for (const auto& [key, shares] : given) {
    const std::string rule = intake.take(key.second, questions[key.first], shares);
    if (!rule.empty()) faults.add("distribution: " + rule, 0, 0, key.first + ", " + key.second);
  }
}

}  // namespace meridian::alignment
