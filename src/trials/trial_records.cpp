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
  for (const std::string& field : trial_fields()) index_[field] = mapping.find(field);
  for (const survey::Item& item : context.instrument.items) items_[item.id] = &item;
}

const std::string& TrialRecords::text(const char* field) const { return rows_.text(index_.find(field)->second); }
bool TrialRecords::has(const char* field) const { return rows_.has(index_.find(field)->second); }

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
  if (has("id") && !read_trial_id(text("id"), key) && !has("item"))
    refuse("id " + tables::shown(text("id")), "an id that meridian prompts gave (model__language__persona__item__n)");
  if (has("model")) key.model = text("model");
  if (has("language")) key.language = text("language");
  if (has("persona")) key.persona = text("persona");
  if (has("item")) key.item = text("item");
  if (has("iteration") && (!tables::parse_integer(text("iteration"), key.iteration) || key.iteration < 0 ||
                           key.iteration > most_iterations))
    refuse("iteration " + tables::shown(text("iteration")), "a whole number from 0 to 1048576");
  if (key.persona.empty()) key.persona = "none";
  if (key.model.empty()) refuse("no model", "a model in the record, in its id, or given with --set model=NAME");
  if (key.language.empty()) refuse("no language", "a language in the record or given with --set language=NAME");
  if (items_.find(key.item) == items_.end()) refuse("item " + tables::shown(key.item), "an item of the dictionary");
}

bool TrialRecords::failed() const { return has("error") && !text("error").empty(); }

void TrialRecords::take_answer() {
  const auto place = std::make_pair(trial_.key.item, trial_.key.language);
  auto scale = scales_.find(place);
  if (scale == scales_.end())
    scale =
        scales_.emplace(place, scale_of(*items_.find(trial_.key.item)->second, trial_.key.language, context_.options))
            .first;
  if (has("logprobs")) trial_.options = read_first_token(text("logprobs"), scale->second);
  if (has("shares")) {
    trial_.options = read_shares(text("shares"), scale->second);
    if (trial_.options.options.empty())
      refuse("shares " + tables::shown(text("shares")), "one share per option of the item");
  }
  if (failed() && !has("text")) {
    trial_.text = text("error");
    trial_.answer.outcome = Outcome::failed;
  } else if (has("text")) {
    trial_.text = text("text");
    const bool cut_off = has("finish") && text("finish") == "length";
    trial_.answer = parse_answer(trial_.text, scale->second, cut_off);
  } else if (!trial_.options.options.empty()) {
    trial_.answer.outcome = Outcome::shares;
  } else {
    trial_.answer.outcome = Outcome::no_answer;
  }
}

}  // namespace meridian::trials
