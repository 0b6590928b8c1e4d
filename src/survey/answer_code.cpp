#include "survey/answer_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "survey/people_builder.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

[[noreturn]] void refuse(const tables::CsvReader& csv, std::size_t column, const Item& item,
                         const MissingCodes& missing) {
  const std::string also = missing.negative ? ", a negative code or nothing" : ", NA or nothing";
  throw InputError(csv.where(column), tables::shown(csv.text(column)),
                   fmt::format("a whole number from {} to {} for item {}{}", item.lowest, item.highest, item.id, also),
                   "Correct this field, or empty it if the answer is missing.");
}

}  // namespace

std::int16_t answer_code(const tables::CsvReader& csv, std::size_t column, const Item& item,
                         const MissingCodes& missing) {
  const std::string_view text = csv.text(column);
  std::int64_t code = 0;
  if (csv.missing(column) || std::find(missing.values.begin(), missing.values.end(), text) != missing.values.end())
    return missing_answer;
  if (!tables::parse_integer(text, code)) {
    double number = 0;
    if (!tables::parse_number(text, number) || std::abs(number) > 1e6 || number != std::trunc(number))
      refuse(csv, column, item, missing);
    code = static_cast<std::int64_t>(number);
  }
  if (missing.negative && code < 0) return missing_answer;
  if (code < item.lowest || code > item.highest) refuse(csv, column, item, missing);
  return static_cast<std::int16_t>(code);
}

}  // namespace meridian::survey
