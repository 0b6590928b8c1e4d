#include "dilemmas/choices.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::dilemmas {
namespace {

enum Field : std::size_t { kModel, kDilemma, kTemplate, kChoice, kConsequence, kGuideline };
enum Category : std::size_t { kFirst, kSecond, kInvalid, kRefused, kCategories };

constexpr std::size_t kKeyFields = 5;  // model, dilemma, template, consequence, guideline
const std::string kNo = "no", kYes = "yes";

Category category_of(const tables::MappedReader& record) {
  const std::string& text = record.text(kChoice);
  if (text == "1") return kFirst;
  if (text == "2") return kSecond;
  if (text.empty() || text == "invalid") return kInvalid;
  if (text == "refused") return kRefused;
  throw InputError(record.where(), "the choice " + tables::shown(text), "1, 2, invalid or refused",
                   "Name other texts in a mapping: label.choice.TEXT");
}

/// "yes" or "no".
const std::string& consequence_of(const tables::MappedReader& record) {
  const std::string& text = record.text(kConsequence);
  if (text.empty() || text == "no" || text == "0" || text == "false") return kNo;
  if (text == "yes" || text == "1" || text == "true") return kYes;
  throw InputError(record.where(), "the consequence flag " + tables::shown(text), "yes or no",
                   "Name other texts in a mapping: label.consequence.TEXT");
}

Choice choice_of(const std::vector<std::int64_t>& counts) {
  if (counts[kFirst] + counts[kSecond] == 0) return Choice::invalid;
  if (counts[kFirst] == counts[kSecond]) return Choice::divided;
  return counts[kFirst] > counts[kSecond] ? Choice::first : Choice::second;
}

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// One row into the cells, or why not.
class Counter {
 public:
  Counter(const Corpus& corpus, const ChoiceOptions& options) : corpus_(corpus), options_(options) {}

  std::string operator()(const tables::MappedReader& record, audit::CellCounts& cells) const {
    const std::string &model = record.text(kModel), &dilemma = record.text(kDilemma), &name = record.text(kTemplate),
                      &guideline = record.text(kGuideline);
    if (model.empty()) return "no model named";
    const std::size_t found = corpus_.find(dilemma);
    if (found == Corpus::npos) return "dilemma that is not among the dilemmas";
    if (!among(options_.templates, name)) return "template that the job does not name";
    const auto& values = corpus_.pairs[corpus_.dilemmas[found].pair].values;
    if (!guideline.empty() && guideline != values[0] && guideline != values[1])
      return "guideline that is no value of the dilemma's pair";
    Category category = category_of(record);
    if (options_.positions && category <= kSecond && among(options_.reversed, name))
      category = category == kFirst ? kSecond : kFirst;
    cells.add({&model, &dilemma, &name, &consequence_of(record), &guideline}, category);
    return {};
  }

 private:
  const Corpus& corpus_;
  const ChoiceOptions& options_;
};

Choices empty_choices(const audit::CellTable& cells, const Corpus& corpus, const ChoiceOptions& options) {
  Choices choices;
  choices.models = cells.names[0];
  choices.templates = options.templates;
  choices.answered = cells.names[kTemplate];
  for (const std::string& name : options.templates) choices.lists_second_first.push_back(among(options.reversed, name));
  choices.dilemmas = corpus.dilemmas.size();
  choices.consequence.assign(choices.models.size() * choices.dilemmas, Choice::absent);
  choices.baseline.assign(choices.consequence.size() * options.templates.size(), Choice::absent);
  choices.counts.resize(choices.models.size());
  return choices;
}

void take(const audit::CellTable& cells, const audit::CellTable::Cell& cell, const Corpus& corpus, Choices& choices) {
  const std::size_t model = cell.key[0], dilemma = corpus.find(cells.names[1][cell.key[1]]);
  const std::string &name = cells.names[2][cell.key[2]], &guideline = cells.names[4][cell.key[4]];
  const auto place = static_cast<std::size_t>(std::find(choices.templates.begin(), choices.templates.end(), name) -
                                              choices.templates.begin());
  const bool consequence = cells.names[3][cell.key[3]] == kYes;
  AnswerCounts& counts = choices.counts[model];
  counts.valid += cell.counts[kFirst] + cell.counts[kSecond];
  counts.invalid += cell.counts[kInvalid];
  counts.refused += cell.counts[kRefused];
  const Choice choice = choice_of(cell.counts);
  if (!guideline.empty()) {
    const auto& values = corpus.pairs[corpus.dilemmas[dilemma].pair].values;
    choices.guided.push_back({model, dilemma, guideline == values[0] ? std::size_t{0} : std::size_t{1}, choice});
  } else if (consequence) {
    if (place == 0) choices.consequence[model * choices.dilemmas + dilemma] = choice;
  } else {
    choices.baseline[(model * choices.dilemmas + dilemma) * choices.templates.size() + place] = choice;
  }
}

}  // namespace

const std::vector<audit::RecordField>& answer_fields() {
  static const std::vector<audit::RecordField> fields{
      {"model"}, {"dilemma"}, {"template"}, {"choice"}, {"consequence", false}, {"guideline", false}};
  return fields;
}

Choices read_choices(const audit::RecordFiles& records, const Corpus& corpus, const ChoiceOptions& options,
                     const audit::Team& team, audit::RowFaults& faults) {
  const Counter counter(corpus, options);
  audit::Tally tally = audit::tally_records(records, team, kKeyFields, kCategories, counter);
  faults = std::move(tally.faults);
  Choices choices = empty_choices(tally.cells, corpus, options);
  for (const auto& cell : tally.cells.cells) take(tally.cells, cell, corpus, choices);
  if (choices.models.empty())
    throw InputError(records.files.front().first.string(), "no usable answer in " + faults.told(),
                     "answers to the dilemmas", "Check the names of dilemmas and templates, and the mapping");
  return choices;
}

}  // namespace meridian::dilemmas
