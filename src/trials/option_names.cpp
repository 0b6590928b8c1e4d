#include "trials/option_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "survey/answer_numbers.hpp"

namespace meridian::trials {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '\''; }

const Option* option_with_letter(const Scale& scale, char letter) {
  for (const Option& option : scale.options)
    if (option.letter.size() == 1 && option.letter[0] == letter) return &option;
  return nullptr;
}

/// Words directly before a letter that make it an answer; lower case.
constexpr std::array<std::string_view, 14> announcing = {
    "option", "answer", "answer:", "answer is", "choice", "choose", "choice is",
    "select", "pick",   "choice:", "选",        "选项",   "选择",   "答案是"};

bool announced(std::string_view before) {
  std::string lead = survey::plain_text(before);
  while (!lead.empty() && (lead.back() == '(' || lead.back() == ':' || lead.back() == ' ')) lead.pop_back();
  return std::any_of(announcing.begin(), announcing.end(), [&](std::string_view word) {
    if (lead.size() < word.size() || lead.compare(lead.size() - word.size(), word.size(), word) != 0) return false;
    return lead.size() == word.size() || !is_letter(word[0]) || !is_letter(lead[lead.size() - word.size() - 1]);
  });
}

/// "B", "(B)", "B.", "B: agree", "B\n...": not "A person", where the article opens the text.
bool opens(std::string_view text, std::size_t at) {
  if (text.substr(0, at).find_first_not_of(" \n\r\t([*\"") != std::string_view::npos) return false;
  const std::string_view rest = text.substr(at + 1);
  return rest.empty() || std::string_view(".):]*\"\n\r,").find(rest[0]) != std::string_view::npos ||
         rest.substr(0, 3) == "：" || rest.substr(0, 3) == "。" || rest.substr(0, 3) == "，" ||
         rest.substr(0, 3) == "、" || rest.find_first_not_of(" \n\r\t") == std::string_view::npos;
}

bool stands_alone(std::string_view text, std::size_t at) {
  const bool starts = at == 0 || !is_word(text[at - 1]);
  return starts && (at + 1 == text.size() || !is_word(text[at + 1]));
}

constexpr std::array<std::string_view, 8> negations = {"not", "n't", "never", "nor", "不", "非", "没", "neither"};

bool negated(std::string_view before) {
  const std::size_t stop = before.find_last_of(".,;:!?\n");
  const std::string_view clause = stop == std::string_view::npos ? before : before.substr(stop + 1);
  return std::any_of(negations.begin(), negations.end(),
                     [&](std::string_view word) { return clause.find(word) != std::string_view::npos; });
}

/// Whole words for Latin labels: "agree" is not in "disagree".
std::size_t find_whole(std::string_view text, std::string_view label, std::size_t from) {
  for (std::size_t at = text.find(label, from); at != std::string_view::npos; at = text.find(label, at + 1)) {
    const std::size_t end = at + label.size();
    const bool starts = !is_letter(label.front()) || at == 0 || !is_letter(text[at - 1]);
    const bool ends = !is_letter(label.back()) || end == text.size() || !is_letter(text[end]);
    if (starts && ends) return at;
  }
  return std::string_view::npos;
}

struct Found {
  std::size_t begin = 0, end = 0;
  const Option* option = nullptr;
};

/// Occurrences of labels, longest labels first, none inside another.
std::vector<Found> occurrences(std::string_view plain, const Scale& scale) {
  std::vector<const Option*> labelled;
  for (const Option& option : scale.options)
    if (!option.label.empty()) labelled.push_back(&option);
  std::stable_sort(labelled.begin(), labelled.end(),
                   [](const Option* a, const Option* b) { return a->label.size() > b->label.size(); });
  std::vector<Found> found;
  for (const Option* option : labelled)
    for (std::size_t at = find_whole(plain, option->label, 0); at != std::string_view::npos;
         at = find_whole(plain, option->label, at + 1)) {
      const std::size_t end = at + option->label.size();
      const bool inside = std::any_of(found.begin(), found.end(),
                                      [&](const Found& other) { return at < other.end && other.begin < end; });
      if (!inside) found.push_back({at, end, option});
    }
  return found;
}

}  // namespace

std::optional<ParsedAnswer> find_letter(std::string_view original, const Scale& scale) {
  const Option* found = nullptr;
  Confidence confidence = Confidence::likely;
  for (std::size_t at = 0; at < original.size(); ++at) {
    const Option* option = option_with_letter(scale, original[at]);
    if (option == nullptr || !stands_alone(original, at)) continue;
    const bool opening = opens(original, at);
    if (!opening && (!announced(original.substr(0, at)) || negated(survey::plain_text(original.substr(0, at)))))
      continue;
    if (found != nullptr && found != option) return std::nullopt;
    if (found == nullptr && opening) confidence = Confidence::certain;
    found = option;
  }
  if (found == nullptr) return std::nullopt;
  return ParsedAnswer{Outcome::answered, found->value, Rule::letter, confidence};
}

std::optional<ParsedAnswer> find_label(std::string_view plain, const Scale& scale) {
  const std::vector<Found> found = occurrences(plain, scale);
  if (found.empty()) return std::nullopt;
  for (const Found& other : found)
    if (other.option != found.front().option || negated(plain.substr(0, other.begin))) return std::nullopt;
  const Found& first = found.front();
  const bool whole = first.begin == 0 && plain.substr(first.end).find_first_not_of(".!。 ") == std::string_view::npos;
  const Confidence confidence = whole              ? Confidence::certain
                                : first.begin == 0 ? Confidence::likely
                                                   : Confidence::doubtful;
  return ParsedAnswer{Outcome::answered, first.option->value, Rule::label, confidence};
}

}  // namespace meridian::trials
