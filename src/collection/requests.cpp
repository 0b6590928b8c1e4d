#include "collection/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "error.hpp"

namespace meridian::collection {
namespace {

constexpr char pair_joint = '~';
constexpr const char* list_id = "list";

Placeholders placeholders(const trials::TrialKey& key, const PromptItem& item) {
  Placeholders values = item.columns;
  values["persona"] = key.persona;
  values["lowest"] = std::to_string(item.lowest);
  values["highest"] = std::to_string(item.highest);
  return values;
}

using Json = nlohmann::ordered_json;

Json message(const char* role, const std::string& content) { return {{"role", role}, {"content", content}}; }

}  // namespace

RequestMaker::RequestMaker(Design design, std::vector<PromptItem> items, Templates templates)
    : design_(std::move(design)), items_(std::move(items)), templates_(std::move(templates)) {
  for (const PromptItem& item : items_) {
    rows_[{item.item, item.language}].push_back(&item);
    first_.emplace(item.item, &item);
    if (design_.kind == Kind::steps) rounds_ = std::max(rounds_, item.step);
  }
  require_personas();
  plan();
}

/// Without words of its own a persona would be asked as if there were none.
void RequestMaker::require_personas() const {
  for (const std::string& persona : design_.personas)
    for (const std::string& language : design_.languages)
      if (persona != "none" && !templates_.tells(language, persona))
        throw InputError("persona '" + persona + "'", "no text of the template in " + language,
                         "a row of that persona, or {persona} in a text for all",
                         "Add it to the template, or correct the design.");
}

void RequestMaker::plan() {
  std::vector<const PromptItem*> distinct;
  for (const PromptItem& item : items_)
    if (first_.at(item.item) == &item) distinct.push_back(&item);
  if (design_.kind == Kind::list) {
    planned_.push_back({list_id, design_.lowest, design_.highest});
  } else if (design_.kind == Kind::pairs) {
    for (const PromptItem* first : distinct)
      for (const PromptItem* second : distinct)
        if (first != second) planned_.push_back({first->item + pair_joint + second->item, 1, 2});
  } else {
    for (const PromptItem* item : distinct) planned_.push_back({item->item, item->lowest, item->highest});
  }
}

int RequestMaker::round_of(const std::string& item) const {
  return design_.kind == Kind::steps ? first_.at(item)->step : 1;
}

void RequestMaker::each_trial(int round, const std::function<void(const trials::TrialKey&)>& visit) const {
  for (const std::string& model : design_.models)
    for (int iteration = 1; iteration <= design_.iterations; ++iteration)
      for (const std::string& language : design_.languages)
        for (const std::string& persona : design_.personas)
          for (const PlannedItem& item : planned_)
            if (round_of(item.id) == round) visit({model, language, persona, item.id, iteration});
}

RequestMaker::Rows RequestMaker::rows_of(const std::string& item, const std::string& language) const {
  const auto found = rows_.find({item, language});
  if (found == rows_.end())
    throw InputError("item '" + item + "'", "no prompt in " + language, "one for every language of the design",
                     "Add it to the items file.");
  return found->second;
}

/// Items of the same sequence up to this one, by step.
std::vector<std::string> RequestMaker::steps_until(const std::string& item) const {
  const PromptItem& last = *first_.at(item);
  if (design_.kind != Kind::steps) return {item};
  std::vector<std::pair<int, std::string>> steps;
  for (const auto& [id, row] : first_)
    if (row->sequence == last.sequence && row->step <= last.step) steps.emplace_back(row->step, id);
  std::sort(steps.begin(), steps.end());
  std::vector<std::string> ids;
  for (const auto& step : steps) ids.push_back(step.second);
  return ids;
}

/// The row whose `if_answer` is the answer to the step before, else the one for any answer.
const PromptItem& RequestMaker::wording(const trials::TrialKey& key, const std::string& item,
                                        const EarlierAnswers& earlier) const {
  const Rows rows = rows_of(item, key.language);
  const std::vector<std::string> steps = steps_until(item);
  std::string given;
  if (steps.size() > 1) {
    const auto before = earlier.find({key.model, key.language, key.persona, steps[steps.size() - 2], key.iteration});
    if (before != earlier.end()) given = std::to_string(before->second.value);
  }
  const PromptItem* any = nullptr;
  for (const PromptItem* row : rows) {
    if (!row->if_answer.empty() && row->if_answer == given) return *row;
    if (row->if_answer.empty()) any = row;
  }
  if (any == nullptr)
    throw InputError("item '" + item + "' in " + key.language, "no wording after answer '" + given + "'",
                     "a row with that if_answer, or one without", "Add it to the items file.");
  return *any;
}

std::string RequestMaker::question(const trials::TrialKey& key, const PromptItem& item) const {
  const std::string text = templates_.fill("user", key.language, key.persona, placeholders(key, item));
  return text.empty() ? item.prompt : text;
}

/// All items, one a line, numbered, as {list}.
std::string RequestMaker::list_question(const trials::TrialKey& key) const {
  PromptItem all;
  std::size_t number = 0;
  for (const PromptItem& item : items_)
    if (item.language == key.language)
      all.prompt += fmt::format("{}{}. {}", number == 0 ? "" : "\n", number + 1, item.prompt), ++number;
  if (number == 0) rows_of(items_.front().item, key.language);
  all.columns = {{"list", all.prompt}, {"prompt", all.prompt}, {"count", std::to_string(number)}};
  all.lowest = design_.lowest;
  all.highest = design_.highest;
  return question(key, all);
}

std::string RequestMaker::pair_question(const trials::TrialKey& key) const {
  const std::size_t joint = key.item.find(pair_joint);
  const PromptItem& first = *rows_of(key.item.substr(0, joint), key.language).front();
  const PromptItem& second = *rows_of(key.item.substr(joint + 1), key.language).front();
  PromptItem pair;
  pair.prompt = "1. " + first.prompt + "\n2. " + second.prompt;
  pair.columns = {{"first", first.prompt}, {"second", second.prompt}, {"prompt", pair.prompt}};
  pair.lowest = 1;
  pair.highest = 2;
  return question(key, pair);
}

std::string RequestMaker::question_of(const trials::TrialKey& key) const {
  if (design_.kind == Kind::list) return list_question(key);
  if (design_.kind == Kind::pairs) return pair_question(key);
  return question(key, *rows_of(key.item, key.language).front());
}

std::string RequestMaker::line(const trials::TrialKey& key, const EarlierAnswers& earlier) const {
  Json messages = Json::array();
  const Placeholders system_values = {{"persona", key.persona}, {"language", key.language}};
  std::string system = templates_.fill("system", key.language, key.persona, system_values);
  const std::string persona = templates_.fill("persona", key.language, key.persona, system_values);
  if (!system.empty() && !persona.empty()) system += "\n\n";
  if (!(system + persona).empty()) messages.push_back(message("system", system + persona));
  if (design_.kind == Kind::steps) {
    for (const std::string& step : steps_until(key.item)) {
      messages.push_back(message("user", question(key, wording(key, step, earlier))));
      if (step == key.item) break;
      const auto answer = earlier.find({key.model, key.language, key.persona, step, key.iteration});
      if (answer == earlier.end() || !answer->second.answered) return {};
      messages.push_back(message("assistant", answer->second.text));
    }
  } else {
    messages.push_back(message("user", question_of(key)));
  }
  const auto served = design_.served.find(key.model);
  Json body = {{"model", served == design_.served.end() ? key.model : served->second}, {"messages", messages}};
  for (const auto& [name, value] : design_.body) body[name] = Json::parse(value);
  if (design_.seed) body["seed"] = *design_.seed + key.iteration;
  const Json request = {
      {"custom_id", trials::trial_id(key)}, {"method", "POST"}, {"url", design_.endpoint}, {"body", body}};
  return request.dump() + "\n";
}

}  // namespace meridian::collection
