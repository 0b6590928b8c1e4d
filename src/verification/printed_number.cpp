#include "verification/printed_number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "tables/csv.hpp"

namespace meridian::verification {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The shape "sign digits . digits e exponent": keeps out what a general parser would also take (hexadecimal, "inf").
bool looks_numeric(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
}

int decimals_of(std::string_view mantissa) {
  const auto point = mantissa.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(mantissa.size() - point - 1);
}

int exponent_of(std::string_view text, std::size_t e) {
  std::int64_t exponent = 0;
  std::string_view digits = text.substr(e + 1);
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  tables::parse_integer(digits, exponent);
  return static_cast<int>(exponent);
}

std::optional<PrintedNumber> parse_plain(std::string_view text) {
  PrintedNumber number;
  number.text = std::string(text);
  if (!looks_numeric(text) || !tables::parse_number(text, number.value)) return std::nullopt;
  const auto e = text.find_first_of("eE");
  number.decimals = decimals_of(text.substr(0, e));
  number.form = e == std::string_view::npos ? Form::fixed : Form::scientific;
  const int exponent = number.form == Form::scientific ? exponent_of(text, e) : 0;
  number.last_digit = std::pow(10.0, exponent - number.decimals);
  if (text == "0") {
    number.form = Form::zero;
    number.last_digit = 0;
  }
  return number;
}

// The number rounded to the printed digits, read back: two numbers with the same digits are the same double.
double rounded(const PrintedNumber& printed, double ours) {
  std::array<char, 512> digits{};  // the longest fixed number has 309 digits before the point
  const char* format = printed.form == Form::scientific ? "%.*e" : "%.*f";
  const int length = std::snprintf(digits.data(), digits.size(), format, printed.decimals, ours);
  double value = std::numeric_limits<double>::quiet_NaN();
  if (length > 0 && static_cast<std::size_t>(length) < digits.size())
    tables::parse_number({digits.data(), static_cast<std::size_t>(length)}, value);
  return value;
}

}  // namespace

std::optional<PrintedNumber> parse_printed(std::string_view text) {
  text = trim(text);
  const bool bound = !text.empty() && text.front() == '<';
  if (!bound) return parse_plain(text);
  std::optional<PrintedNumber> number = parse_plain(trim(text.substr(1)));
  if (!number || !(number->value > 0)) return std::nullopt;
  number->text = std::string(text);
  number->form = Form::below;
  number->last_digit = 0;
  return number;
}

bool agrees(const PrintedNumber& printed, double ours) {
  switch (printed.form) {
    case Form::below:
      return ours >= 0 && ours < printed.value;
    case Form::zero:
      return std::abs(ours) < std::numeric_limits<double>::min();
    case Form::fixed:
    case Form::scientific:
      return rounded(printed, ours) == printed.value;
  }
  return false;
}

double last_digit_difference(const PrintedNumber& printed, double ours) {
  if (printed.last_digit == 0) return std::numeric_limits<double>::quiet_NaN();
  return (ours - printed.value) / printed.last_digit;
}

}  // namespace meridian::verification
