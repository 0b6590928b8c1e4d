#include "trials/trial_records.hpp"

#include "tables/csv.hpp"
#include "tables/text.hpp"
#include "trials/option_distribution.hpp"

namespace meridian::trials {
namespace {

constexpr std::int64_t most_iterations = 1 << 20;

}  // namespace

const std::vector<std::string>& trial_fields() {
  static const std::vector<std::string> fields = {"id",   "model",  "language", "persona",  "item",  "iteration",
                                                  "text", "finish", "error",    "logprobs", "shares"};
  return fields;
}

TrialRecords::TrialRecords(const std::filesystem::path& file, const tables::RecordMapping& mapping,
                           const TrialContext& context)
    : context_(context), rows_(file, mapping) {
  for (const survey::Item& item : context.instrument.items) items_[item.id] = &item;
}

void TrialRecords::refuse(const std::string& found, const std::string& expected) const {
  throw tables::RecordError(rows_.where(), found, expected, "Correct this record, or the mapping.");
}

bool TrialRecords::next() {
  if (!rows_.next()) return false;
  trial_ = {};
  trial_.line = static_cast<std::int64_t>(rows_.line());
  take_key();
  take_answer();
  return true;
}

/// An id of ours says everything; single fields win over it.
void TrialRecords::take_key() {
  TrialKey& key = trial_.key;
  key.iteration = -1;
  if (has(Field::id) && !read_trial_id(text(Field::id), key) && !has(Field::item))
    refuse("id " + tables::shown(text(Field::id)),
           "an id that meridian prompts gave (model__language__persona__item__n)");
  if (has(Field::model)) key.model = text(Field::model);
  if (has(Field::language)) key.language = text(Field::language);
  if (has(Field::persona)) key.persona = text(Field::persona);
  if (has(Field::item)) key.item = text(Field::item);
  if (has(Field::iteration) && (!tables::parse_integer(text(Field::iteration), key.iteration) || key.iteration < 0 ||
                                key.iteration > most_iterations))
    refuse("iteration " + tables::shown(text(Field::iteration)), "a whole number from 0 to 1048576");
  if (key.persona.empty()) key.persona = "none";
  if (key.model.empty()) refuse("no model", "a model in the record, in its id, or given with --set model=NAME");
  if (key.language.empty()) refuse("no language", "a language in the record or given with --set language=NAME");
  if (items_.find(key.item) == items_.end()) refuse("item " + tables::shown(key.item), "an item of the dictionary");
}

const Scale& TrialRecords::scale() {
  const auto place = std::make_pair(trial_.key.item, trial_.key.language);
  auto found = scales_.find(place);
  if (found == scales_.end()) {
    const survey::Item& item = *items_.find(trial_.key.item)->second;
    found = scales_.emplace(place, scale_of(item, trial_.key.language, context_.options)).first;
  }
  return found->second;
}

bool TrialRecords::failed() const { return has(Field::error) && !text(Field::error).empty(); }

void TrialRecords::take_answer() {
  const Scale& options = scale();
  if (has(Field::logprobs)) trial_.options = read_first_token(text(Field::logprobs), options);
  if (has(Field::shares)) {
    trial_.options = read_shares(text(Field::shares), options);
    if (trial_.options.options.empty())
      refuse("shares " + tables::shown(text(Field::shares)), "one share per option of the item");
  }
  if (failed() && !has(Field::text)) {
    trial_.text = text(Field::error);
    trial_.answer.outcome = Outcome::failed;
  } else if (has(Field::text)) {
    trial_.text = text(Field::text);
    const bool cut_off = has(Field::finish) && text(Field::finish) == "length";
    trial_.answer = parse_answer(trial_.text, options, cut_off);
  } else if (!trial_.options.options.empty()) {
    trial_.answer.outcome = Outcome::shares;
  } else {
    trial_.answer.outcome = Outcome::no_answer;
  }
}

}  // namespace meridian::trials
