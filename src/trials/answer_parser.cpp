#include "trials/answer_parser.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "survey/answer_numbers.hpp"
#include "survey/answer_text.hpp"
#include "trials/option_names.hpp"

namespace meridian::trials {
namespace {

using survey::AnswerKind;
using survey::AnswerRule;

constexpr std::string_view open_tag = "<think>", close_tag = "</think>";

/// What follows the reasoning; nothing if the reasoning never ended. Some services drop the opening tag.
std::optional<std::string_view> after_reasoning(std::string_view text) {
  const std::size_t close = text.rfind(close_tag);
  if (close != std::string_view::npos) return text.substr(close + close_tag.size());
  if (text.find(open_tag) != std::string_view::npos) return std::nullopt;
  return text;
}

constexpr std::array<std::string_view, 7> announcements = {
    "final answer", "my answer is", "therefore, my answer", "最终答案", "最终选择", "最后答案", "我的答案是"};

/// What follows the last announcement of a final answer, without "is", colons and brackets.
std::optional<std::string_view> conclusion(std::string_view plain) {
  std::size_t last = std::string_view::npos;
  for (const std::string_view words : announcements)
    if (const std::size_t at = plain.rfind(words); at != std::string_view::npos) {
      const std::size_t end = at + words.size();
      if (last == std::string_view::npos || end > last) last = end;
    }
  if (last == std::string_view::npos) return std::nullopt;
  std::string_view rest = plain.substr(last);
  for (const std::string_view filler : {" is", "是", "为", ":", " ", "\n", "\\boxed{", "("})
    while (rest.substr(0, filler.size()) == filler) rest.remove_prefix(filler.size());
  return rest.empty() ? std::nullopt : std::optional(rest);
}

Rule rule_of(AnswerRule rule) {
  switch (rule) {
    case AnswerRule::bare:
      return Rule::bare_number;
    case AnswerRule::opening:
      return Rule::opening_number;
    case AnswerRule::announced:
      return Rule::announced_number;
    case AnswerRule::none:
      break;
  }
  return Rule::none;
}

Outcome outcome_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::answer:
      return Outcome::answered;
    case AnswerKind::refused:
      return Outcome::refused;
    case AnswerKind::off_scale:
      return Outcome::off_scale;
    case AnswerKind::none:
      break;
  }
  return Outcome::no_answer;
}

/// A number that opens a text is nearly always the answer; one found in prose is one step weaker, and one beside the
/// label of another option contradicts itself.
Confidence confidence_of(Rule rule, int value, std::string_view plain, const Scale& scale) {
  if (rule == Rule::bare_number) return Confidence::certain;
  const std::optional<ParsedAnswer> label = find_label(plain, scale);
  if (label && label->value != value) return Confidence::doubtful;
  return label || rule == Rule::opening_number ? Confidence::certain : Confidence::likely;
}

ParsedAnswer parse_plain(std::string_view original, std::string_view plain, const Scale& scale) {
  const survey::AnswerText number = survey::read_answer(original, scale.lowest, scale.highest);
  ParsedAnswer answer{outcome_of(number.kind), number.value, rule_of(number.rule), Confidence::certain};
  if (answer.outcome == Outcome::answered) {
    answer.confidence = confidence_of(answer.rule, answer.value, plain, scale);
    return answer;
  }
  if (answer.outcome != Outcome::no_answer || scale.options.empty()) return answer;
  if (const auto letter = find_letter(original, scale)) return *letter;
  if (const auto label = find_label(plain, scale)) return *label;
  return answer;
}

}  // namespace

ParsedAnswer parse_answer(std::string_view text, const Scale& scale, bool cut_off) {
  if (text.size() == 1) return parse_plain(text, text, scale);  // nearly all texts
  const std::optional<std::string_view> spoken = after_reasoning(text);
  if (!spoken) return {Outcome::truncated, 0, Rule::none, Confidence::certain};
  const std::string plain = survey::plain_text(*spoken);
  ParsedAnswer answer;
  bool concluded = false;
  if (const auto last = conclusion(plain)) {
    answer = parse_plain(*last, *last, scale);
    concluded = answer.outcome == Outcome::answered;
    if (concluded) answer.rule = Rule::conclusion;
  }
  if (!concluded) answer = parse_plain(*spoken, plain, scale);
  if (cut_off && answer.outcome == Outcome::no_answer) answer.outcome = Outcome::truncated;
  // Cut off inside its reasons, a text may still have changed its mind.
  if (cut_off && answer.outcome == Outcome::answered && answer.rule == Rule::announced_number)
    answer.confidence = Confidence::doubtful;
  return answer;
}

std::string_view name_of(Outcome outcome) {
  static constexpr std::array<std::string_view, 7> names = {"answered",  "refused", "no answer", "off scale",
                                                            "truncated", "failed",  "shares"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::string_view name_of(Rule rule) {
  static constexpr std::array<std::string_view, 8> names = {
      "none", "bare number", "opening number", "announced number", "letter", "label", "conclusion", "person"};
  return names.at(static_cast<std::size_t>(rule));
}

std::string_view name_of(Confidence confidence) {
  static constexpr std::array<std::string_view, 3> names = {"doubtful", "likely", "certain"};
  return names.at(static_cast<std::size_t>(confidence));
}

}  // namespace meridian::trials
