#pragma once
// Answers of models and of people to the questions of a survey, as counts per code: DEF's input (Liu et al. 2025).
#include <string>
#include <vector>

#include "audit/records.hpp"
#include "opinions/preference_divergence.hpp"
#include "opinions/question_types.hpp"

namespace meridian::opinions {

/// People's answers by sex, age or another field that the files give.
struct GroupAttribute {
  std::string name;
  std::vector<std::string> groups;  ///< sorted
  std::vector<Counts> counts;       ///< surveys x questions x groups
};

struct OpinionCounts {
  QuestionTypes types;
  std::vector<std::string> models, surveys;
  std::vector<Counts> model_counts;  ///< models x surveys x questions
  std::vector<Counts> human_counts;  ///< surveys x questions
  std::vector<GroupAttribute> attributes;

  std::size_t questions() const { return types.questions.size(); }
  const Counts& model(std::size_t model, std::size_t survey, std::size_t question) const {
    return model_counts[(model * surveys.size() + survey) * questions() + question];
  }
  const Counts& human(std::size_t survey, std::size_t question) const {
    return human_counts[survey * questions() + question];
  }
  /// Whether people were asked the question in this survey: no other one counts there.
  bool asked(std::size_t survey, std::size_t question) const;
  std::vector<std::size_t> asked(std::size_t survey) const;
  /// Answers of the attribute's groups to a question.
  std::vector<Counts> groups(const GroupAttribute& attribute, std::size_t survey, std::size_t question) const;
};

struct OpinionOptions {
  std::size_t codes = 12;            ///< answer codes 0 .. codes - 1; behind them the failed answers
  std::vector<std::string> groups;   ///< fields of people's files
  std::vector<std::string> surveys;  ///< in this order; empty: all that people's files have, sorted
};

/// Fields of the files: models' (model, country, question, answer, count, text) or people's (without model and text);
/// models' groups are optional, so that one mapping does for both, and people's unless the job names them. Field
/// `country` names the survey.
std::vector<audit::RecordField> opinion_fields(const std::vector<std::string>& groups, bool of_models,
                                               bool groups_required = false);

/// Collective; streams both. A model's answer that is no code is a failed one; people's are left out unless they have
/// the code of failed answers. Throws InputError if nothing is left of either.
OpinionCounts read_opinions(const audit::RecordFiles& answers, const audit::RecordFiles& people,
                            const QuestionTypes& types, const OpinionOptions& options, const audit::Team& team,
                            findings::Ledger& ledger, const std::string& source);

}  // namespace meridian::opinions
