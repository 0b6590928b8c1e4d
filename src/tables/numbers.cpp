#include <array>
#include <charconv>
#include <cmath>

#include "tables/csv.hpp"

namespace meridian::tables {
namespace {

template <class Number>
bool parse_whole(std::string_view text, Number& value) {
  Number parsed{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (error != std::errc{} || stop != text.data() + text.size()) return false;
  value = parsed;
  return true;
}

}  // namespace

std::string format_number(double value) {
  if (std::isnan(value)) return "NA";
  if (std::isinf(value)) return value > 0 ? "Inf" : "-Inf";
  std::array<char, 32> digits{};  // the longest shortest form, -1.2345678901234567e-308, has 24
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), result.ptr};
}

bool parse_number(std::string_view text, double& value) {
  double parsed = 0;
  if (!parse_whole(text, parsed) || !std::isfinite(parsed)) return false;  // from_chars reads "inf" and "nan"
  value = parsed;
  return true;
}

bool parse_integer(std::string_view text, std::int64_t& value) { return parse_whole(text, value); }

}  // namespace meridian::tables
