#include "opinions/answer_code.hpp"

#include <cmath>

#include "tables/csv.hpp"

namespace meridian::opinions {

std::optional<int> answer_code(const std::string& text) {
  double value = 0;
  if (!tables::parse_number(text, value) || value != std::floor(value) || std::abs(value) > 30000) return {};
  return static_cast<int>(value);
}

std::optional<std::int64_t> answer_count(const std::string& text) {
  std::int64_t count = 1;
  if (!text.empty() && (!tables::parse_integer(text, count) || count < 0)) return {};
  return count;
}

std::string plain_name(const std::string& text) {
  double value = 0;
  return tables::parse_number(text, value) ? tables::format_number(value) : text;
}

}  // namespace meridian::opinions
