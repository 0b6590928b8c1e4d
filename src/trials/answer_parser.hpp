#pragma once
// From a trial's text to an answer with the rule that found it and how far it can be trusted.
#include <string_view>

#include "trials/scale.hpp"

namespace meridian::trials {

/// What became of a trial. The numbers are stored (docs/formats.md): never change their meaning.
enum class Outcome : unsigned char {
  answered = 0,
  refused = 1,    ///< prose that declines
  no_answer = 2,  ///< empty, prose without an answer, two answers that contradict each other
  off_scale = 3,  ///< a number outside the scale, or a fraction
  truncated = 4,  ///< cut off before an answer came
  failed = 5,     ///< the request failed: nothing was answered
  shares = 6,     ///< no single answer but a distribution over the options
};

/// The rule that found the answer. The numbers are stored.
enum class Rule : unsigned char {
  none = 0,
  bare_number = 1,       ///< the number and nothing else
  opening_number = 2,    ///< the number opens the text
  announced_number = 3,  ///< inside prose, after a word of choosing
  letter = 4,            ///< an option's letter
  label = 5,             ///< an option's label in its own words
  conclusion = 6,        ///< any of these, in what follows the last announcement of a final answer
  person = 7,            ///< a person decided (--review)
};

/// How far to trust it: certain and likely answers are used; doubtful ones too, but they are written out for review.
enum class Confidence : unsigned char { doubtful = 0, likely = 1, certain = 2 };

struct ParsedAnswer {
  Outcome outcome = Outcome::no_answer;
  int value = 0;  ///< meaningful for answered only
  Rule rule = Rule::none;
  Confidence confidence = Confidence::certain;
};

/// Reads one text against a scale. Reasoning between <think> tags does not count; unclosed, it is truncated. A text
/// that announces a final answer is read from the last announcement on. Numbers are read as survey/answer_text.hpp
/// says; an option's letter or label only where there is no number. An answer whose number and label disagree keeps the
/// number and is doubtful. `cut_off` says that the service stopped at its limit of tokens.
ParsedAnswer parse_answer(std::string_view text, const Scale& scale, bool cut_off = false);

/// "answered", "refused", ... as tables show it.
std::string_view name_of(Outcome outcome);
std::string_view name_of(Rule rule);
std::string_view name_of(Confidence confidence);

}  // namespace meridian::trials
