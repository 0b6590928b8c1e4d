#pragma once
// What every model chose in every dilemma, under every template, as counts that were summed over ranks.
#include <cstdint>
#include <string>
#include <vector>

#include "dilemmas/corpus.hpp"

namespace meridian::dilemmas {

/// What repeated answers to one question come to.
enum class Choice : std::uint8_t {
  absent,   ///< never asked
  first,    ///< action 1
  second,   ///< action 2
  invalid,  ///< asked, but no answer is valid
  divided   ///< as many valid answers for one action as for the other
};

inline bool valid(Choice choice) { return choice == Choice::first || choice == Choice::second; }

struct ChoiceOptions {
  std::vector<std::string> templates;  ///< the first is the one whose answer stands for the model
  std::vector<std::string> reversed;   ///< templates that list action 2 first
  bool positions = false;              ///< the answers name the place in the list, not the action
};

/// Answers to a prompt that asks for one of the values.
struct Guided {
  std::size_t model = 0, dilemma = 0;
  std::size_t requested = 0;  ///< index into the pair's values
  Choice choice = Choice::absent;
};

/// Rows of a model by what they are.
struct AnswerCounts {
  std::int64_t valid = 0, invalid = 0, refused = 0;
};

struct Choices {
  std::vector<std::string> models;     ///< sorted
  std::vector<std::string> templates;  ///< as in the options
  std::vector<std::string> answered;   ///< those of them that occur in the answers, sorted
  std::vector<bool> lists_second_first;
  std::size_t dilemmas = 0;
  std::vector<Choice> baseline;     ///< models x dilemmas x templates
  std::vector<Choice> consequence;  ///< models x dilemmas: with consequences attached, first template
  std::vector<Guided> guided;
  std::vector<AnswerCounts> counts;  ///< per model

  Choice base(std::size_t model, std::size_t dilemma, std::size_t one_template = 0) const {
    return baseline[(model * dilemmas + dilemma) * templates.size() + one_template];
  }
  Choice after(std::size_t model, std::size_t dilemma) const { return consequence[model * dilemmas + dilemma]; }
};

/// Fields of the answers' files.
const std::vector<audit::RecordField>& answer_fields();

/// Collective; streams the answers. A choice is 1, 2, invalid (or empty) or refused; anything else is an InputError
/// naming line and remedy. Rows of unknown dilemmas or templates are left out and counted in `faults`.
Choices read_choices(const audit::RecordFiles& records, const Corpus& corpus, const ChoiceOptions& options,
                     const audit::Team& team, audit::RowFaults& faults);

}  // namespace meridian::dilemmas
