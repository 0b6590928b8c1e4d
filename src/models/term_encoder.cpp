#include "models/term_encoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/evaluation.hpp"

namespace meridian::models {
namespace {

using Term = std::vector<int>;
using Terms = std::vector<Term>;

Term united(const Term& left, const Term& right) {
  Term result;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(result));
  return result;
}

Term united(const Terms& terms) {
  Term result;
  for (const Term& term : terms) result = united(result, term);
  return result;
}

void append_new(Terms& terms, const Term& term) {
  if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
}

Terms sum(Terms left, const Terms& right) {
  for (const Term& term : right) append_new(left, term);
  return left;
}

Terms interaction(const Terms& left, const Terms& right) {
  Terms result;
  for (const Term& outer : left)
    for (const Term& inner : right) append_new(result, united(outer, inner));
  return result;
}

bool is_arithmetic_operator(const std::string& text) {
  return text == "(" || text == "+" || text == "-" || text == "*" || text == "/" || text == "^";
}

class Encoder {
 public:
  explicit Encoder(const std::string& text) : text_(text) {}

  TermSet encode_all(const Expression& right_hand_side) {
    Terms terms = encode(right_hand_side);
    std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.size() < b.size(); });
    set_.terms = std::move(terms);
    return std::move(set_);
  }

 private:
  [[noreturn]] void fail(const Expression& at, const std::string& message) const {
    formula_error(text_, at.position, message);
  }

  Terms encode(const Expression& e) {
    if (e.kind == Expression::Kind::number) return encode_number(e);
    if (e.kind == Expression::Kind::name || is_function(e.text)) return encode_variable(e);
    if (e.text == "(") return encode(e.arguments[0]);
    if (e.arguments.size() == 1 && e.text == "+") return encode(e.arguments[0]);
    if (e.text == "-") return encode_deletion(e);
    if (e.text == "+") {
      Terms left = encode(e.arguments[0]);
      return sum(std::move(left), encode(e.arguments[1]));
    }
    if (e.text == "^") return encode_power(e);
    if (e.text == "|" || e.text == "||") fail(e, "a random term stands in parentheses and is added: ... + (1 | group)");
    if (e.text == "~") fail(e, "a formula has one '~'");
    if (e.text == "*" || e.text == ":" || e.text == "/" || e.text == "%in%") return encode_product(e);
    fail(e, fmt::format("unknown function '{}'; known are {}", e.text, function_list()));
  }

  /// 1 and 0 put the intercept in or out; under a minus sign the other way round.
  Terms encode_number(const Expression& e) {
    if (e.number != 0 && e.number != 1)
      fail(e, fmt::format("the only numbers that can stand as terms are 0 and 1; for arithmetic write I(... {} ...)",
                          e.text));
    set_.intercept = (e.number == 1) != deleting_;
    return {};
  }

  Terms encode_variable(const Expression& e) {
    if (e.kind == Expression::Kind::name && e.text == ".") fail(e, "'.' is not supported; name the variables");
    if (e.kind == Expression::Kind::call) check_arithmetic(e, text_);
    const std::string name = deparse(e);
    const auto found = std::find(set_.names.begin(), set_.names.end(), name);
    const auto index = static_cast<int>(found - set_.names.begin());
    if (found == set_.names.end()) {
      set_.names.push_back(name);
      set_.variables.push_back(e);
    }
    return {{index}};
  }

  Terms encode_deletion(const Expression& e) {
    Terms kept = e.arguments.size() == 2 ? encode(e.arguments[0]) : Terms{};
    deleting_ = !deleting_;
    const Terms deleted = encode(e.arguments.back());
    deleting_ = !deleting_;
    const auto is_deleted = [&](const Term& t) {
      return std::find(deleted.begin(), deleted.end(), t) != deleted.end();
    };
    kept.erase(std::remove_if(kept.begin(), kept.end(), is_deleted), kept.end());
    return kept;
  }

  Terms encode_product(const Expression& e) {
    const Terms left = encode(e.arguments[0]);
    const Terms right = encode(e.arguments[1]);
    if (left.empty() || right.empty()) fail(e, fmt::format("both sides of '{}' need a variable", e.text));
    if (e.text == ":") return interaction(left, right);
    if (e.text == "%in%") return interaction(left, {united(right)});
    if (e.text == "/") return sum(left, interaction({united(left)}, right));
    return sum(sum(left, right), interaction(left, right));
  }

  Terms encode_power(const Expression& e) {
    const Expression& exponent = e.arguments[1];
    const double power = exponent.number;
    if (exponent.kind != Expression::Kind::number || power < 1 || power != std::floor(power) || power > 32)
      fail(exponent, "the power of terms is a whole number from 1 to 32; for arithmetic write I(x^2)");
    const Terms base = encode(e.arguments[0]);
    Terms result = base;
    for (int factor = 1; factor < static_cast<int>(power); ++factor) result = interaction(result, base);
    return result;
  }

  const std::string& text_;
  TermSet set_;
  bool deleting_ = false;
};

}  // namespace

TermSet encode_terms(const Expression& right_hand_side, const std::string& text) {
  return Encoder(text).encode_all(right_hand_side);
}

void check_arithmetic(const Expression& e, const std::string& text) {
  if (e.kind == Expression::Kind::number) return;
  if (e.kind == Expression::Kind::name) {
    if (e.text == ".") formula_error(text, e.position, "'.' is not supported; name the variables");
    return;
  }
  if (!is_arithmetic_operator(e.text) && !is_function(e.text))
    formula_error(text, e.position,
                  fmt::format("'{}' is not arithmetic; known are + - * / ^ ( ) and {}", e.text, function_list()));
  if (is_function(e.text) && e.arguments.size() != 1)
    formula_error(text, e.position, fmt::format("{}() takes one argument", e.text));
  for (const Expression& argument : e.arguments) check_arithmetic(argument, text);
}

}  // namespace meridian::models
