#pragma once
// The numbers in an answer's text with what stands around them; steps of answer_text.cpp, each testable alone.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::survey {

/// Lower case; full-width forms (U+FF01-FF5E) and ideographic spaces and stops as their ASCII counterparts; markup
/// (asterisks, backticks), quotation marks and outer space removed.
std::string plain_text(std::string_view text);

struct TextNumber {
  std::size_t begin = 0, end = 0;  ///< bytes of the plain text
  double value = 0;
  bool whole = true;
};

/// Numbers that stand alone: digits inside names ("gpt-4", "q177", "v2") are none.
std::vector<TextNumber> numbers_in(std::string_view plain);

/// True if the number is an end of a range ("1-5", "1 to 5", "between 1 and 5", cut off "1-"), the size of a scale
/// ("out of 10", "/10"), or opens a step of a list ("\n1. Reflect", "step 1").
bool belongs_to_scale_or_list(std::string_view plain, const TextNumber& number);

}  // namespace meridian::survey
