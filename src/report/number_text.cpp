#include "report/number_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace meridian::report {
namespace {

const char* const kMinus = "\xE2\x88\x92";        // U+2212
const char* const kNarrowSpace = "\xE2\x80\xAF";  // U+202F: does not break
const char* const kInfinity = "\xE2\x88\x9E";     // U+221E

constexpr double kNoise = 1e-12;   ///< of the largest number of a column is shown as 0
constexpr double kSameKind = 1e3;  ///< of numbers of one kind the largest is hardly more times the smallest

std::string with_minus(std::string digits) {
  if (!digits.empty() && digits.front() == '-') digits.replace(0, 1, kMinus);
  return digits;
}

std::string grouped(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  const std::size_t sign = value < 0 ? 1 : 0;
  if (digits.size() - sign >= 5)
    for (std::size_t at = digits.size() - 3; at > sign; at = at > 3 ? at - 3 : 0) digits.insert(at, kNarrowSpace);
  return with_minus(digits);
}

bool ends_with(const std::string& name, const std::string& end) {
  return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

bool names_a_p_value(const std::string& name) {
  return name == "p" || name.rfind("p_", 0) == 0 || ends_with(name, "p_value");
}

std::string shown_p_value(double value) {
  if (value < 0.001 && value > 0) return fmt::format("{:.1e}", value);
  return fmt::format("{:.3f}", value);
}

// Decimals that leave two significant digits.
int decimals_for(double magnitude) { return 1 - static_cast<int>(std::floor(std::log10(magnitude))); }

// Decimals that leave four significant digits.
int four_digits(double magnitude) {
  const int digits_before_point = static_cast<int>(std::floor(std::log10(magnitude))) + 1;
  return std::clamp(4 - digits_before_point, 0, 6);
}

std::string shown_real(double value, const NumberStyle& style) {
  if (std::isnan(value)) return "undefined";
  if (std::isinf(value)) return value > 0 ? kInfinity : std::string(kMinus) + kInfinity;
  if (style.p_value) return shown_p_value(value);
  const double magnitude = std::abs(value);
  if (magnitude <= kNoise * style.largest) return fmt::format("{:.{}f}", 0.0, style.decimals);
  if (magnitude < 1e-4 || magnitude >= 1e9) return with_minus(fmt::format("{:.1e}", value));
  const int least = style.mixed ? std::min(four_digits(magnitude), 4) : style.decimals;
  const int decimals = magnitude == std::floor(magnitude) ? style.decimals : std::max(least, decimals_for(magnitude));
  return with_minus(fmt::format("{:.{}f}", value, decimals));
}

}  // namespace

NumberStyle number_style(const findings::Table& table, std::size_t column) {
  NumberStyle style;
  style.p_value = names_a_p_value(table.columns[column].name);
  std::vector<double> sizes;
  for (const auto& row : table.rows)
    if (const double* value = std::get_if<double>(&row[column]); value != nullptr && std::isfinite(*value))
      sizes.push_back(std::abs(*value));
  if (sizes.empty()) return style;
  style.largest = *std::max_element(sizes.begin(), sizes.end());
  double smallest = style.largest;
  bool whole = true;
  for (const double size : sizes) {
    whole = whole && size == std::floor(size);
    if (size > kNoise * style.largest) smallest = std::min(smallest, size);
  }
  if (style.largest > 0) style.decimals = four_digits(style.largest);
  style.mixed = !whole && style.largest > kSameKind * smallest;
  if (whole || style.mixed) style.decimals = 0;  // degrees of freedom of a 2 x 2 table and the like
  return style;
}

std::string shown_cell(const findings::Cell& cell, const NumberStyle& style) {
  if (const auto* value = std::get_if<double>(&cell)) return shown_real(*value, style);
  if (const auto* value = std::get_if<std::int64_t>(&cell)) return grouped(*value);
  return findings::to_text(cell);
}

}  // namespace meridian::report
