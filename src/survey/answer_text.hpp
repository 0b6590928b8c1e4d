#pragma once
// From the text that a model returned to an answer on the scale, or to the reason why there is none.
#include <string_view>

namespace meridian::survey {

enum class AnswerKind {
  answer,     ///< a whole number on the scale
  refused,    ///< prose that declines, without an answer
  none,       ///< empty, "NA", prose without an announced number, two answers that contradict each other
  off_scale,  ///< a number, but a fraction or outside the scale
};

/// Which words made a number the answer.
enum class AnswerRule {
  none,
  bare,       ///< the text is the number and nothing else
  opening,    ///< the number opens the text
  announced,  ///< inside prose, after a word of choosing
};

struct AnswerText {
  AnswerKind kind = AnswerKind::none;
  int value = 0;  ///< meaningful for kind = answer only
  AnswerRule rule = AnswerRule::none;
};

/// Reads one text. A number that opens the text is the answer ("4", "4: describes me", full-width "４", "**4**",
/// "4/10"); inside prose a number is an answer only if a word of choosing announces it ("I would rate this a 2",
/// a Chinese "my choice: 2"). A number is never an answer when it belongs to the scale ("from 1 to", "1-5"), opens a
/// step of a list ("1. Reflect"), or is negated ("I cannot select a 5"). Doubtful prose is not scored. docs/formats.md
/// lists the rules.
AnswerText read_answer(std::string_view text, int lowest, int highest);

}  // namespace meridian::survey
