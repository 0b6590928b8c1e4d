#include "ranking/answer_list.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <sstream>

namespace meridian::ranking {
namespace {

const std::string kMarks = " \t*_#|>`~-+\"'(";

std::string without_leading_marks(const std::string& line) {
  const auto first = line.find_first_not_of(kMarks);
  return first == std::string::npos ? "" : line.substr(first);
}

/// Cuts "12. " off the line; 0 if it does not begin with a number and a sign of a list.
int take_number(std::string& line) {
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits == 0 || digits > 6) return 0;
  std::size_t end = digits;
  while (end < line.size() && (line[end] == ' ' || line[end] == '*')) ++end;
  if (end == line.size() || std::string(".):|").find(line[end]) == std::string::npos) return 0;
  const int number = std::stoi(line.substr(0, digits));
  line = without_leading_marks(line.substr(end + 1));
  return number;
}

/// A spelling of Latin letters ends where a word ends: "Respectability" does not name "Respect".
bool names(const std::string& text, const std::string& spelling) {
  if (spelling.empty() || text.compare(0, spelling.size(), spelling) != 0) return false;
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 && (c & '\x80') == 0; };
  return text.size() == spelling.size() || !letter(spelling.back()) || !letter(text[spelling.size()]);
}

std::size_t named_term(const std::string& text, const Catalog& catalog) {
  std::size_t best = kUnknown, longest = 0;
  for (std::size_t t = 0; t < catalog.terms.size(); ++t) {
    std::vector<std::string> spellings = catalog.terms[t].names;
    spellings.push_back(catalog.terms[t].name);
    for (const std::string& spelling : spellings)
      if (const std::string sought = folded(spelling); sought.size() > longest && names(text, sought)) {
        best = t;
        longest = sought.size();
      }
  }
  return best;
}

void add_fault(AnswerList& list, const std::string& fault) {
  if (std::find(list.faults.begin(), list.faults.end(), fault) == list.faults.end()) list.faults.push_back(fault);
}

}  // namespace

AnswerList read_answer_list(const std::string& answer, const Catalog& catalog) {
  AnswerList list{std::vector<double>(catalog.terms.size(), std::numeric_limits<double>::quiet_NaN()), {}};
  std::stringstream stream(answer);
  for (std::string raw; std::getline(stream, raw);) {
    std::string line = without_leading_marks(folded(raw));
    const int number = take_number(line);
    if (number == 0) continue;
    const std::size_t term = named_term(line, catalog);
    if (term == kUnknown)
      add_fault(list, "unknown term in the answer");
    else if (!std::isnan(list.ranks[term]))
      add_fault(list, "term given twice");
    else
      list.ranks[term] = number;
  }
  return list;
}

}  // namespace meridian::ranking
