#include "dilemmas/corpus.hpp"

#include <algorithm>
#include <utility>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::dilemmas {
namespace {

enum Field : std::size_t { kDilemma, kPair, kFirstValue, kSecondValue };

ValuePair make_pair(const std::string& name, std::string first, std::string second) {
  const auto leads = [&](const std::string& value) { return name.rfind(value, 0) == 0; };
  if (leads(second) || (!leads(first) && second < first)) std::swap(first, second);
  return {name, {first, second}};
}

std::size_t pair_index(Corpus& corpus, const std::string& name, const std::string& first, const std::string& second) {
  for (std::size_t i = 0; i < corpus.pairs.size(); ++i)
    if (corpus.pairs[i].name == name) return i;
  corpus.pairs.push_back(make_pair(name, first, second));
  return corpus.pairs.size() - 1;
}

std::size_t value_index(const ValuePair& pair, const std::string& value, const std::string& where) {
  for (std::size_t i = 0; i < 2; ++i)
    if (pair.values[i] == value) return i;
  throw InputError(where, "the value " + tables::shown(value) + " in the pair " + tables::shown(pair.name),
                   tables::shown(pair.values[0]) + " or " + tables::shown(pair.values[1]),
                   "Give every pair two values, spelt alike everywhere");
}

Dilemma dilemma_of(const tables::MappedReader& record, Corpus& corpus) {
  const std::string &first = record.text(kFirstValue), &second = record.text(kSecondValue);
  for (const Field field : {kDilemma, kPair, kFirstValue, kSecondValue})
    if (record.text(field).empty())
      throw InputError(record.where(), "nothing as " + corpus_fields()[field].name, "a name", "Fill the field");
  if (first == second)
    throw InputError(record.where(), tables::shown(first) + " as value of both actions", "two different values",
                     "Correct the dilemma");
  Dilemma dilemma{record.text(kDilemma), pair_index(corpus, record.text(kPair), first, second), {}};
  const ValuePair& pair = corpus.pairs[dilemma.pair];
  dilemma.value = {value_index(pair, first, record.where()), value_index(pair, second, record.where())};
  return dilemma;
}

}  // namespace

std::size_t Corpus::find(const std::string& id) const {
  const auto found =
      std::lower_bound(dilemmas.begin(), dilemmas.end(), id,
                       [](const Dilemma& dilemma, const std::string& name) { return dilemma.id < name; });
  return found != dilemmas.end() && found->id == id ? static_cast<std::size_t>(found - dilemmas.begin()) : npos;
}

const std::vector<audit::RecordField>& corpus_fields() {
  static const std::vector<audit::RecordField> fields{{"dilemma"}, {"pair"}, {"value_1"}, {"value_2"}};
  return fields;
}

Corpus read_corpus(const audit::RecordFiles& records) {
  Corpus corpus;
  audit::RowFaults faults;
  audit::each_record(records, faults, [&](const tables::MappedReader& record) {
    corpus.dilemmas.push_back(dilemma_of(record, corpus));
    return std::string();
  });
  std::sort(corpus.dilemmas.begin(), corpus.dilemmas.end(),
            [](const Dilemma& a, const Dilemma& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(corpus.dilemmas.begin(), corpus.dilemmas.end(),
                                        [](const Dilemma& a, const Dilemma& b) { return a.id == b.id; });
  const std::string file = records.files.front().first.string();
  if (twice != corpus.dilemmas.end())
    throw InputError(file, "the dilemma " + tables::shown(twice->id) + " twice", "each dilemma once",
                     "Remove one of the two");
  if (corpus.dilemmas.empty()) throw InputError(file, "no dilemma", "one dilemma a row", "Fill the table");
  return corpus;
}

}  // namespace meridian::dilemmas
