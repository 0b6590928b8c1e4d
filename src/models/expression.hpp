#pragma once
// The syntax tree of a formula: R's operators, calls, names and numbers, before anybody gives them a meaning.
#include <cstddef>
#include <string>
#include <vector>

namespace meridian::models {

struct Expression {
  enum class Kind { number, name, call };
  Kind kind = Kind::number;
  std::string text;   ///< name of the variable, of the function or of the operator ("+", "(", "|", "log")
  double number = 0;  ///< of Kind::number
  std::vector<Expression> arguments;  ///< of Kind::call: one for unary operators and parentheses, two for binary ones
  std::size_t position = 0;           ///< offset in the formula's text, for messages

  bool is_call(const std::string& function, std::size_t count) const;
};

/// The variables that the expression names, in order of appearance: "x" twice in x*log(x).
std::vector<std::string> columns_in(const Expression& expression);

/// As R's deparse writes it: "log(x + 1)", "I(x^2)", "c:(b:a)". Columns of the design are named by it.
std::string deparse(const Expression& expression);

/// Number as R's as.character prints it (15 significant digits, the shorter of fixed and scientific): 1e+05, 0.1, 185.
std::string number_text(double value);

/// Parses `text` (operators and precedence of R). InputError shows the text with a caret under the culprit.
Expression parse_expression(const std::string& text);

/// The error every step of the formula code throws: message, the formula, and a caret under `position`.
[[noreturn]] void formula_error(const std::string& text, std::size_t position, const std::string& message);

}  // namespace meridian::models
