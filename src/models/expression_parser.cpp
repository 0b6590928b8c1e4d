// Tokens and precedence climbing for R's formula operators (R Language Definition, 10.3.7).
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>

#include "error.hpp"
#include "models/expression.hpp"

namespace meridian::models {
namespace {

struct Token {
  enum class Kind { number, name, symbol, end };
  Kind kind = Kind::end;
  std::string text;
  std::size_t position = 0;
};

bool starts_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) { return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Scanner {
 public:
  explicit Scanner(const std::string& text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    if (at_ == text_.size()) return {Token::Kind::end, "", at_};
    const char c = text_[at_];
    if (c == '`') return quoted_name();
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    const bool fraction =
        c == '.' && at_ + 1 < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_ + 1])) != 0;
    if (digit || fraction) return number();
    if (starts_name(c)) return name();
    return symbol();
  }

 private:
  Token take(Token::Kind kind, std::size_t length) {
    Token token{kind, text_.substr(at_, length), at_};
    at_ += length;
    return token;
  }

  Token number() {
    char* end = nullptr;
    std::strtod(text_.c_str() + at_, &end);
    const auto length = static_cast<std::size_t>(end - (text_.c_str() + at_));
    if (at_ + length < text_.size() && continues_name(text_[at_ + length]))
      formula_error(text_, at_, "a name cannot begin with a digit; quote it with backticks: `2nd`");
    return take(Token::Kind::number, length);
  }

  Token name() {
    std::size_t length = 1;
    while (at_ + length < text_.size() && continues_name(text_[at_ + length])) ++length;
    return take(Token::Kind::name, length);
  }

  Token quoted_name() {
    const std::size_t close = text_.find('`', at_ + 1);
    if (close == std::string::npos || close == at_ + 1)
      formula_error(text_, at_, "a name in backticks needs a closing backtick and at least one character");
    Token token{Token::Kind::name, text_.substr(at_ + 1, close - at_ - 1), at_};
    at_ = close + 1;
    return token;
  }

  Token symbol() {
    for (const char* longer : {"%in%", "||", "**"})
      if (text_.compare(at_, std::string(longer).size(), longer) == 0) {
        Token token = take(Token::Kind::symbol, std::string(longer).size());
        if (token.text == "**") token.text = "^";  // as R's own parser
        return token;
      }
    if (std::string("+-*/^:|~(),").find(text_[at_]) == std::string::npos)
      formula_error(
          text_, at_,
          fmt::format("unexpected '{}'; a formula has names, numbers, functions and + - * / ^ : ( ) | ~", text_[at_]));
    return take(Token::Kind::symbol, 1);
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

int binary_precedence(const Token& token) {
  static const std::map<std::string, int> precedence = {{"~", 1}, {"|", 2}, {"||", 2},   {"+", 3}, {"-", 3},
                                                        {"*", 4}, {"/", 4}, {"%in%", 5}, {":", 6}, {"^", 8}};
  if (token.kind != Token::Kind::symbol) return 0;
  const auto found = precedence.find(token.text);
  return found == precedence.end() ? 0 : found->second;
}

// Trees are walked recursively: these bound their depth.
constexpr std::size_t longest_formula = 50000;  // characters
constexpr int most_operators = 500;             // a + b + c + ... leans to the left, one level per operator
constexpr int deepest_nesting = 200;            // parentheses, signs and powers within each other
constexpr int unary_precedence = 7;             // R: -x^2 is -(x^2), -a:b is (-a):b

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text), scanner_(text) { advance(); }

  Expression whole() {
    Expression result = expression(1);
    if (token_.text == ")") fail("this ')' closes nothing");
    if (token_.kind != Token::Kind::end) fail(fmt::format("expected an operator before '{}'", token_.text));
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { formula_error(text_, token_.position, message); }

  void advance() {
    previous_ = token_.text;
    token_ = scanner_.next();
  }

  Expression expression(int lowest) {
    if (++depth_ > deepest_nesting) fail(fmt::format("nested more than {} deep", deepest_nesting));
    Expression left = unary();
    for (int precedence = binary_precedence(token_); precedence >= lowest; precedence = binary_precedence(token_)) {
      if (++operators_ > most_operators) fail(fmt::format("more than {} operators", most_operators));
      Expression call{Expression::Kind::call, token_.text, 0, {}, token_.position};
      advance();
      const bool power = call.text == "^";  // the only one that binds to the right; takes a sign: x^-1
      call.arguments.push_back(std::move(left));
      call.arguments.push_back(expression(power ? unary_precedence : precedence + 1));
      left = std::move(call);
    }
    --depth_;
    return left;
  }

  Expression unary() {
    if (token_.text != "-" && token_.text != "+" && token_.text != "~") return primary();
    Expression call{Expression::Kind::call, token_.text, 0, {}, token_.position};
    advance();
    call.arguments.push_back(expression(call.text == "~" ? 2 : unary_precedence));
    return call;
  }

  Expression primary() {
    const Token start = token_;
    if (start.kind == Token::Kind::number) {
      advance();
      return {Expression::Kind::number, start.text, std::strtod(start.text.c_str(), nullptr), {}, start.position};
    }
    if (start.kind == Token::Kind::name) {
      advance();
      return token_.text == "(" ? function_call(start)
                                : Expression{Expression::Kind::name, start.text, 0, {}, start.position};
    }
    if (start.text == "(") {
      advance();
      Expression group{Expression::Kind::call, "(", 0, {}, start.position};
      group.arguments.push_back(expression(1));
      close(start);
      return group;
    }
    if (start.kind == Token::Kind::end)
      fail(previous_.empty() ? "the formula is empty"
                             : fmt::format("the formula ends after '{}'; a term is missing", previous_));
    fail(fmt::format("expected a variable, a number or '(' but found '{}'", start.text));
  }

  Expression function_call(const Token& name) {
    const Token open = token_;
    Expression call{Expression::Kind::call, name.text, 0, {}, name.position};
    advance();
    if (token_.text == ")") fail(fmt::format("{}() needs an argument", name.text));
    call.arguments.push_back(expression(1));
    while (token_.text == ",") {
      advance();
      call.arguments.push_back(expression(1));
    }
    close(open);
    return call;
  }

  void close(const Token& open) {
    if (token_.kind == Token::Kind::end) formula_error(text_, open.position, "this '(' is never closed");
    if (token_.text != ")") fail(fmt::format("expected an operator or ')' before '{}'", token_.text));
    advance();
  }

  const std::string& text_;
  Scanner scanner_;
  Token token_;
  std::string previous_;
  int depth_ = 0, operators_ = 0;
};

}  // namespace

Expression parse_expression(const std::string& text) {
  if (text.size() > longest_formula)
    throw InputError("formula", fmt::format("{} characters", text.size()), fmt::format("at most {}", longest_formula),
                     "Give variables shorter names, or cross factors with '*' instead of writing every term");
  return Parser(text).whole();
}

}  // namespace meridian::models
