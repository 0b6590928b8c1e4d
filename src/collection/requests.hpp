#pragma once
// Every request of a design, in a fixed order, as OpenAI-style batch lines.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "collection/design.hpp"
#include "collection/prompt_items.hpp"
#include "collection/templates.hpp"
#include "trials/trial.hpp"

namespace meridian::collection {

/// What a model said in an earlier round.
struct EarlierAnswer {
  std::string text;
  int value = 0;
  bool answered = false;
};
using EarlierAnswers = std::map<trials::TrialKey, EarlierAnswer>;

/// An item of the plan: for kind list one for all items, for pairs one per ordered pair "first~second".
struct PlannedItem {
  std::string id;
  int lowest = 0, highest = 0;
};

class RequestMaker {
 public:
  RequestMaker(Design design, std::vector<PromptItem> items, Templates templates);
  RequestMaker(RequestMaker&&) = default;  // a copy's look-ups would point into the original

  /// Items in the order of the file: the plan, and the dictionary that import needs.
  const std::vector<PlannedItem>& items() const { return planned_; }
  const Design& design() const { return design_; }
  /// Highest step; 1 unless kind steps.
  int rounds() const { return rounds_; }
  /// Step of a planned item; 1 unless kind steps.
  int round_of(const std::string& item) const;

  /// Calls visit for each trial of a round: models, iterations, languages, personas, items.
  void each_trial(int round, const std::function<void(const trials::TrialKey&)>& visit) const;

  /// The batch line with its line feed. "" if an answer of an earlier round that the prompt needs is not there. Throws
  /// InputError if the items lack the language, or a wording for the answer given before.
  std::string line(const trials::TrialKey& key, const EarlierAnswers& earlier) const;

 private:
  using Rows = std::vector<const PromptItem*>;
  Rows rows_of(const std::string& item, const std::string& language) const;
  const PromptItem& wording(const trials::TrialKey& key, const std::string& item, const EarlierAnswers& earlier) const;
  std::vector<std::string> steps_until(const std::string& item) const;
  std::string question(const trials::TrialKey& key, const PromptItem& item) const;
  std::string question_of(const trials::TrialKey& key) const;
  std::string list_question(const trials::TrialKey& key) const;
  std::string pair_question(const trials::TrialKey& key) const;
  void plan();
  void require_personas() const;

  Design design_;
  std::vector<PromptItem> items_;
  Templates templates_;
  std::vector<PlannedItem> planned_;
  std::map<std::pair<std::string, std::string>, std::vector<const PromptItem*>> rows_;  ///< by item and language
  std::map<std::string, const PromptItem*> first_;                                      ///< first row of an item
  int rounds_ = 1;
};

}  // namespace meridian::collection
