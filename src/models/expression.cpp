#include "models/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "error.hpp"

namespace meridian::models {
namespace {

bool is_syntactic_name(const std::string& name) {
  const auto letter = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '.' || c == '_' || byte >= 0x80;
  };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 && name[0] != '_' &&
         std::all_of(name.begin(), name.end(), letter);
}

bool is_operator(const std::string& text) {
  static const std::vector<std::string> operators = {"+", "-", "*", "/", "^", ":", "%in%", "|", "||", "~"};
  return std::find(operators.begin(), operators.end(), text) != operators.end();
}

/// R leaves no blanks around the tightest operators.
std::string deparse_binary(const Expression& call) {
  const bool tight = call.text == "^" || call.text == ":" || call.text == "/";
  const std::string right = deparse(call.arguments[1]);
  const bool nested = call.text == ":" && call.arguments[1].is_call(":", 2);  // ':' binds to the left: c:(b:a)
  return fmt::format("{0}{1}{2}{1}{3}", deparse(call.arguments[0]), tight ? "" : " ", call.text,
                     nested ? fmt::format("({})", right) : right);
}

/// Decimal digits and exponent of `value` with the fewest digits (at most 15) that give it to 15 digits.
struct Decimal {
  int digits = 1, exponent = 0;
};

Decimal shortest_decimal(double value) {
  const double target = std::strtod(fmt::format("{:.14e}", value).c_str(), nullptr);
  for (int digits = 1; digits <= 15; ++digits) {
    const std::string text = fmt::format("{:.{}e}", value, digits - 1);
    if (digits == 15 || std::strtod(text.c_str(), nullptr) == target)
      return {digits, std::atoi(text.c_str() + text.find('e') + 1)};
  }
  return {};
}

std::size_t characters(const std::string& text, std::size_t bytes) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(bytes, text.size())),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool Expression::is_call(const std::string& function, std::size_t count) const {
  return kind == Kind::call && text == function && arguments.size() == count;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Inf" : "-Inf";
  const Decimal decimal = shortest_decimal(value);
  const int fraction = std::max(0, decimal.digits - decimal.exponent - 1);
  const int fixed_width = std::max(decimal.exponent, 0) + 1 + (fraction > 0 ? fraction + 1 : 0);
  const int scientific_width =
      decimal.digits + (decimal.digits > 1 ? 1 : 0) + (std::abs(decimal.exponent) >= 100 ? 5 : 4);
  if (fixed_width <= scientific_width) return fmt::format("{:.{}f}", value, fraction);
  return fmt::format("{:.{}e}", value, decimal.digits - 1);
}

std::string deparse(const Expression& expression) {
  if (expression.kind == Expression::Kind::number) return number_text(expression.number);
  if (expression.kind == Expression::Kind::name)
    return is_syntactic_name(expression.text) ? expression.text : fmt::format("`{}`", expression.text);
  if (expression.text == "(") return fmt::format("({})", deparse(expression.arguments[0]));
  if (is_operator(expression.text))
    return expression.arguments.size() == 1 ? fmt::format("{}{}", expression.text, deparse(expression.arguments[0]))
                                            : deparse_binary(expression);
  std::vector<std::string> arguments;
  for (const Expression& argument : expression.arguments) arguments.push_back(deparse(argument));
  return fmt::format("{}({})", expression.text, fmt::join(arguments, ", "));
}

void formula_error(const std::string& text, std::size_t position, const std::string& message) {
  throw InputError(
      fmt::format("formula: {}\n  {}\n  {}^", message, text, std::string(characters(text, position), ' ')));
}

std::vector<std::string> columns_in(const Expression& expression) {
  if (expression.kind == Expression::Kind::name) return {expression.text};
  std::vector<std::string> columns;
  for (const Expression& argument : expression.arguments)
    for (const std::string& column : columns_in(argument)) columns.push_back(column);
  return columns;
}

}  // namespace meridian::models
