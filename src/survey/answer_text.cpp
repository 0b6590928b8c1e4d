#include "survey/answer_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "survey/answer_numbers.hpp"

namespace meridian::survey {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Where `word` stands in `text`: Latin words whole, Chinese ones anywhere.
bool holds_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool latin = is_letter(word.front());
    const bool starts = !latin || at == 0 || !is_letter(text[at - 1]);
    const std::size_t end = at + word.size();
    if (starts && (!latin || end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

template <std::size_t N>
bool holds_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return holds_word(text, word); });
}

constexpr std::array<std::string_view, 34> choosing = {
    "choose", "chose",  "choice",    "select",  "selected", "selection", "pick",  "rate",   "rated",
    "rating", "answer", "answering", "respond", "response", "score",     "say",   "option", "put",
    "place",  "give",   "go with",   "assign",  "选",       "答案",      "回答",  "答",     "评分",
    "评为",   "打分",   "给",        "分数",    "评价",     "我认为是",  "i am a"};

constexpr std::array<std::string_view, 30> declining = {"cannot",
                                                        "can't",
                                                        "can not",
                                                        "unable",
                                                        "won't",
                                                        "will not",
                                                        "not able",
                                                        "refuse",
                                                        "decline",
                                                        "rather not",
                                                        "don't",
                                                        "do not",
                                                        "not appropriate",
                                                        "inappropriate",
                                                        "sorry",
                                                        "apologize",
                                                        "as an ai",
                                                        "couldn't",
                                                        "不能",
                                                        "无法",
                                                        "不会",
                                                        "不便",
                                                        "拒绝",
                                                        "抱歉",
                                                        "对不起",
                                                        "没有自己",
                                                        "作为人工智能",
                                                        "作为一个",
                                                        "不适合",
                                                        "没有个人"};

/// Words that may follow an announced number: anything else ("2 of my reasons", "3 factors") counts something.
constexpr std::array<std::string_view, 20> followers = {"on",      "out",   "because", "as",   "since", "for",  "here",
                                                        "overall", "in",    "though",  "but",  "and",   "if",   "based",
                                                        "given",   "which", "to",      "with", "from",  "point"};

/// The part of the sentence that stands before `at`: back to the last stop. A line break ends it unless a colon came
/// before ("I'd rate this as:\n\n2").
std::string_view clause_before(std::string_view plain, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0) {
    const char c = plain[begin - 1];
    if (c == '.' || c == '!' || c == '?' || c == ';' || c == ',') break;
    if (begin >= 3 && (plain.substr(begin - 3, 3) == "。" || plain.substr(begin - 3, 3) == "、")) break;
    if (c == '\n') {
      std::size_t text = begin;
      while (text > 0 && (plain[text - 1] == '\n' || plain[text - 1] == ' ')) --text;
      if (text == 0 || plain[text - 1] != ':') break;
      begin = text;
      continue;
    }
    --begin;
  }
  return plain.substr(begin, at - begin);
}

bool may_follow(std::string_view rest) {
  if (rest.size() < 2 || rest.front() != ' ' || !is_letter(rest[1])) return true;
  std::size_t end = 1;
  while (end < rest.size() && is_letter(rest[end])) ++end;
  const std::string_view word = rest.substr(1, end - 1);
  return std::find(followers.begin(), followers.end(), word) != followers.end();
}

/// Does a word of choosing announce this number, with no other number between?
bool announced(std::string_view plain, const TextNumber& number, std::size_t previous_end) {
  const std::string_view clause = clause_before(plain, number.begin);
  if (holds_any(clause, declining) || !may_follow(plain.substr(number.end))) return false;
  const std::size_t begin = std::max(number.begin - clause.size(), previous_end);
  if (holds_any(plain.substr(begin, number.begin - begin), choosing)) return true;
  const std::string_view rest = plain.substr(number.end);
  static constexpr std::string_view points = "分";
  const bool in_points =
      rest.substr(0, points.size()) == points && rest.substr(0, 6) != "分钟" && rest.substr(0, 6) != "分之";
  return in_points || rest.substr(0, 1) == ":";  // "2: describes me slightly", the scale's own label
}

/// "4 or 5", "4, 5": two answers.
bool alternatives(std::string_view plain, const TextNumber& first, const TextNumber& second) {
  const std::string_view between = plain.substr(first.end, second.begin - first.end);
  static constexpr std::array<std::string_view, 9> joints = {" or ", "或",    "或者", ",", ", ",
                                                             "、",   " and ", "和",   "\n"};
  return std::find(joints.begin(), joints.end(), between) != joints.end();
}

AnswerText on_scale(const TextNumber& number, int lowest, int highest, AnswerRule rule) {
  if (!number.whole || number.value < lowest || number.value > highest) return {AnswerKind::off_scale, 0, rule};
  return {AnswerKind::answer, static_cast<int>(number.value), rule};
}

AnswerText without_answer(std::string_view plain) {
  return {holds_any(plain, declining) ? AnswerKind::refused : AnswerKind::none, 0, AnswerRule::none};
}

/// The number that opens a text, unless it opens a range, a list of steps or a count of things, or is one of two.
std::optional<TextNumber> opening_number(std::string_view plain, const std::vector<TextNumber>& numbers) {
  const TextNumber& first = numbers.front();
  const bool opens =
      first.begin == 0 || plain.substr(0, first.begin).find_first_not_of("-([<# ") == std::string_view::npos;
  if (!opens || belongs_to_scale_or_list(plain, first)) return std::nullopt;
  const std::string_view rest = plain.substr(first.end);
  if (rest.size() > 1 && rest[0] == ' ' && is_letter(rest[1]) && holds_any(rest, declining)) return std::nullopt;
  const bool marked = !rest.empty() && (rest.front() == '.' || rest.front() == ')');
  if (marked && numbers.size() > 1 && numbers[1].value == first.value + 1 && plain[numbers[1].begin - 1] == '\n')
    return std::nullopt;
  if (numbers.size() > 1 && alternatives(plain, first, numbers[1]) && numbers[1].value != first.value)
    return std::nullopt;
  return first;
}

AnswerText read_prose(std::string_view plain, const std::vector<TextNumber>& numbers, int lowest, int highest) {
  std::optional<TextNumber> found;
  std::size_t previous_end = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const TextNumber& number = numbers[i];
    const bool scored = !belongs_to_scale_or_list(plain, number) && announced(plain, number, previous_end);
    previous_end = number.end;
    if (!scored) continue;
    const bool doubled = i + 1 < numbers.size() && alternatives(plain, number, numbers[i + 1]);
    if (doubled || (found && found->value != number.value)) return without_answer(plain);
    found = number;
  }
  return found ? on_scale(*found, lowest, highest, AnswerRule::announced) : without_answer(plain);
}

}  // namespace

AnswerText read_answer(std::string_view text, int lowest, int highest) {
  if (text.size() == 1 && text[0] >= '0' && text[0] <= '9')  // nearly all texts
    return on_scale({0, 1, static_cast<double>(text[0] - '0'), true}, lowest, highest, AnswerRule::bare);
  const std::string plain = plain_text(text);
  const std::vector<TextNumber> numbers = numbers_in(plain);
  if (numbers.empty()) return without_answer(plain);
  if (const auto opening = opening_number(plain, numbers)) {
    const bool bare = opening->begin == 0 && opening->end == plain.size();
    return on_scale(*opening, lowest, highest, bare ? AnswerRule::bare : AnswerRule::opening);
  }
  return read_prose(plain, numbers, lowest, highest);
}

}  // namespace meridian::survey
