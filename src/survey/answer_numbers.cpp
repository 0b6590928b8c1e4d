#include "survey/answer_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tables/csv.hpp"

namespace meridian::survey {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string_view before(std::string_view plain, std::size_t at) {
  while (at > 0 && is_space(plain[at - 1])) --at;
  return plain.substr(0, at);
}

std::string_view after(std::string_view plain, std::size_t at) {
  while (at < plain.size() && is_space(plain[at])) ++at;
  return plain.substr(at);
}

/// Passes over "(never justifiable)", the label that scales give to their ends.
std::string_view without_label(std::string_view rest) {
  if (rest.empty() || rest.front() != '(') return rest;
  const std::size_t close = rest.find(')');
  return close == std::string_view::npos ? rest.substr(rest.size()) : after(rest, close + 1);
}

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::array<std::string_view, N>& openings) {
  return std::any_of(openings.begin(), openings.end(),
                     [&](std::string_view o) { return text.substr(0, o.size()) == o; });
}

/// Whole words only: "to" does not end "potato".
template <std::size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) {
    if (text.size() < e.size() || text.substr(text.size() - e.size()) != e) return false;
    return !is_letter(e.front()) || text.size() == e.size() || !is_letter(text[text.size() - e.size() - 1]);
  });
}

constexpr std::array<std::string_view, 7> dashes = {"-", "~", "–", "—", "至", "到", "～"};

bool opens_range(std::string_view rest) {
  if (starts_with_any(rest, std::array<std::string_view, 2>{"to ", "through "})) return true;
  if (rest == "to" || !starts_with_any(rest, dashes)) return rest == "to";
  const std::size_t dash = rest.front() == '-' || rest.front() == '~' ? 1 : 3;
  const std::string_view end = after(rest, dash);
  return end.empty() || is_digit(end.front());  // nothing after the dash: the text was cut off
}

bool closes_range(std::string_view lead) {
  static constexpr std::array<std::string_view, 13> openers = {
      "from", "between", "scale of", "scale from", "out of", "and up to", "/",
      "从",   "自",      "介于",     "满分",       "满分为", "第"};
  if (ends_with_any(lead, openers)) return true;
  const bool joined =
      ends_with_any(lead, dashes) || ends_with_any(lead, std::array<std::string_view, 2>{"to", "through"});
  if (!joined) return false;
  // "1 to 5", "1 (never) to 5": a number stands before the joint, or the joint's label closes there
  const std::size_t last = lead.find_last_of("0123456789");
  return last != std::string_view::npos && lead.size() - last < 80;
}

bool counts_steps(std::string_view plain, const TextNumber& number, std::string_view lead, std::string_view rest) {
  static constexpr std::array<std::string_view, 12> counted = {
      "step", "point", "reason", "question", "item", "statement", "statement #", "part", "步骤", "问题", "题", "理由"};
  if (ends_with_any(lead, counted)) return true;
  const bool opens_line = number.begin == 0 || plain[number.begin - 1] == '\n';
  const bool marker = !rest.empty() && (rest.front() == '.' || rest.front() == ')');
  return opens_line && marker && number.begin > 0 && !after(rest, 1).empty();
}

void append_plain(std::string_view text, std::size_t& at, std::string& plain) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) == 0xEF && (byte(at + 1) == 0xBC || byte(at + 1) == 0xBD)) {
    // U+FF01..U+FF5E are ASCII 0x21..0x7E, shifted
    const unsigned code = (0xF000U | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU));
    if (code >= 0xFF01 && code <= 0xFF5E) {
      const char ascii[2] = {static_cast<char>(code - 0xFF01 + 0x21), '\0'};
      std::size_t again = 0;
      append_plain(std::string_view(ascii, 1), again, plain);
      at += 3;
      return;
    }
  }
  const std::string_view three = text.substr(at, 3);
  if (three == "\xE3\x80\x80") {  // ideographic space
    plain += ' ';
    at += 3;
  } else if (three == "“" || three == "”" || three == "「" || three == "」" || three == "『" || three == "』") {
    at += 3;
  } else if (three == "‘" || three == "’") {
    plain += '\'';
    at += 3;
  } else {
    const char c = text[at++];
    if (c != '*' && c != '`' && c != '"') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_plain(text, at, plain);
  const std::size_t first = plain.find_first_not_of(" \n\r\t");
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(" \n\r\t") - first + 1);
}

std::vector<TextNumber> numbers_in(std::string_view plain) {
  std::vector<TextNumber> numbers;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (!is_digit(plain[at])) continue;
    TextNumber number;
    number.begin = at;
    while (at < plain.size() && is_digit(plain[at])) ++at;
    if (at + 1 < plain.size() && plain[at] == '.' && is_digit(plain[at + 1])) {
      for (++at; at < plain.size() && is_digit(plain[at]);) ++at;
    }
    number.end = at;
    const std::size_t b = number.begin;
    const bool dash = b > 0 && plain[b - 1] == '-';
    const bool in_name = (b > 0 && is_letter(plain[b - 1])) || (dash && b > 1 && is_letter(plain[b - 2])) ||
                         (at < plain.size() && is_letter(plain[at]));
    const bool negative = dash && (b == 1 || is_space(plain[b - 2]) || plain[b - 2] == ':') &&
                          !(b > 2 && is_digit(before(plain, b - 1).empty() ? ' ' : before(plain, b - 1).back()));
    tables::parse_number(plain.substr(b, at - b), number.value);
    if (negative) number.value = -number.value;
    number.whole = number.value == std::trunc(number.value);  // "4.0" is 4
    if (!in_name) numbers.push_back(number);
  }
  return numbers;
}

bool belongs_to_scale_or_list(std::string_view plain, const TextNumber& number) {
  const std::string_view lead = before(plain, number.begin), rest = plain.substr(number.end);
  return opens_range(without_label(after(rest, 0))) || closes_range(lead) || counts_steps(plain, number, lead, rest);
}

}  // namespace meridian::survey
