#include "models/formula.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/evaluation.hpp"
#include "models/term_encoder.hpp"

namespace meridian::models {
namespace {

bool is_bar(const Expression& e) { return e.is_call("|", 2) || e.is_call("||", 2); }

bool is_offset(const Expression& e) { return e.is_call("offset", 1); }

bool contains_bar(const Expression& e) {
  return is_bar(e) || std::any_of(e.arguments.begin(), e.arguments.end(), contains_bar);
}

/// Something that is no fixed term stands in it.
bool contains_apart(const Expression& e) {
  return is_bar(e) || is_offset(e) || std::any_of(e.arguments.begin(), e.arguments.end(), contains_apart);
}

Expression without_parentheses(Expression e) {
  while (e.is_call("(", 1)) e = Expression(e.arguments[0]);
  return e;
}

/// Takes random terms and offsets out of the sum on the right-hand side and collects what remains, if anything.
std::optional<Expression> take_apart(const Expression& e, std::vector<Expression>& bars,
                                     std::vector<Expression>& offsets, const std::string& text) {
  if (!contains_apart(e)) return e;
  if (is_offset(e)) {
    check_arithmetic(e.arguments[0], text);
    offsets.push_back(e.arguments[0]);
    return std::nullopt;
  }
  if (e.is_call("(", 1) && is_bar(without_parentheses(e))) {
    bars.push_back(without_parentheses(e));
    return std::nullopt;
  }
  if (e.is_call("(", 1)) return take_apart(e.arguments[0], bars, offsets, text);
  if (e.is_call("+", 2)) {
    std::optional<Expression> left = take_apart(e.arguments[0], bars, offsets, text);
    std::optional<Expression> right = take_apart(e.arguments[1], bars, offsets, text);
    if (!left || !right) return left ? left : right;
    return Expression{Expression::Kind::call, "+", 0, {*left, *right}, e.position};
  }
  if (e.is_call("-", 2) && !contains_apart(e.arguments[1])) {
    const std::optional<Expression> left = take_apart(e.arguments[0], bars, offsets, text);
    std::vector<Expression> operands =
        left ? std::vector<Expression>{*left, e.arguments[1]} : std::vector{e.arguments[1]};
    return Expression{Expression::Kind::call, "-", 0, std::move(operands), e.position};
  }
  formula_error(text, e.position,
                is_bar(e)         ? "a random term stands in parentheses: (1 | group)"
                : contains_bar(e) ? "a random term can only be added: ... + (1 | group)"
                                  : "an offset can only be added: ... + offset(x)");
}

/// g/h -> h:g and g, innermost first, as lme4's expandSlash.
std::vector<Expression> expand_nesting(const Expression& group, const std::string& text) {
  if (!group.is_call("/", 2)) return {group};
  if (group.arguments[1].is_call("/", 2) || without_parentheses(group.arguments[1]).is_call("/", 2))
    formula_error(text, group.arguments[1].position, "write nested groups as outer/middle/inner, without parentheses");
  std::vector<Expression> outer = expand_nesting(group.arguments[0], text);
  Expression inner{Expression::Kind::call, ":", 0, {group.arguments[1], outer.front()}, group.position};
  outer.insert(outer.begin(), std::move(inner));
  return outer;
}

void collect_factors(const Expression& group, const std::string& text, std::vector<Expression>& factors) {
  if (group.is_call(":", 2) || group.is_call("(", 1)) {
    for (const Expression& argument : group.arguments) collect_factors(argument, text, factors);
    return;
  }
  const bool factor_call = is_factor_function(group.text) && group.arguments.size() == 1;
  if (group.kind != Expression::Kind::name && !factor_call)
    formula_error(text, group.position,
                  fmt::format("'{}' is no grouping factor; write g, g:h, g/h or factor(g)", deparse(group)));
  if (group.text == ".") formula_error(text, group.position, "'.' is not supported; name the grouping factor");
  if (factor_call) check_arithmetic(group, text);
  factors.push_back(group);
}

/// (a*b || g) -> (1 | g), (0 + a | g), (0 + b | g), (0 + a:b | g): every term of its own, factors kept whole, as
/// lme4 1.1.
std::vector<TermSet> split_terms(const TermSet& columns) {
  std::vector<TermSet> parts;
  TermSet part = columns;
  part.terms.clear();
  if (columns.intercept) parts.push_back(part);
  part.intercept = false;
  for (const std::vector<int>& term : columns.terms) {
    part.terms = {term};
    parts.push_back(part);
  }
  return parts;
}

void append_random_parts(const Expression& bar, const std::string& text, std::vector<RandomPart>& random) {
  const TermSet columns = encode_terms(bar.arguments[0], text);
  if (!columns.intercept && columns.terms.empty())
    formula_error(text, bar.position, "this random term has no columns; write (1 | group) or (0 + x | group)");
  const std::vector<Expression> groups = expand_nesting(without_parentheses(bar.arguments[1]), text);
  for (const TermSet& part : bar.text == "||" ? split_terms(columns) : std::vector<TermSet>{columns})
    for (const Expression& group : groups) {
      RandomPart result{part, {}, deparse(group)};
      collect_factors(group, text, result.factors);
      random.push_back(std::move(result));
    }
}

void check_response(const Expression& response, const TermSet& fixed, const std::string& text) {
  if (contains_bar(response)) formula_error(text, response.position, "the response has no random term");
  check_arithmetic(response, text);
  const auto found = std::find(fixed.names.begin(), fixed.names.end(), deparse(response));
  if (found == fixed.names.end()) return;
  const std::size_t index = static_cast<std::size_t>(found - fixed.names.begin());
  formula_error(text, fixed.variables[index].position, "the response stands on the right-hand side too");
}

}  // namespace

std::string TermSet::label(std::size_t term) const {
  std::vector<std::string> parts;
  for (const int variable : terms[term]) parts.push_back(names[static_cast<std::size_t>(variable)]);
  return fmt::format("{}", fmt::join(parts, ":"));
}

Formula parse_formula(const std::string& text) {
  const Expression whole = parse_expression(text);
  if (whole.kind != Expression::Kind::call || whole.text != "~")
    formula_error(text, 0, "no '~'; a formula is written response ~ terms");
  Formula formula;
  formula.text = text;
  std::vector<Expression> bars;
  const Expression intercept{Expression::Kind::number, "1", 1, {}, 0};
  formula.fixed =
      encode_terms(take_apart(whole.arguments.back(), bars, formula.offsets, text).value_or(intercept), text);
  for (const Expression& bar : bars) append_random_parts(bar, text, formula.random);
  if (whole.arguments.size() == 2) {
    formula.response = whole.arguments[0];
    check_response(*formula.response, formula.fixed, text);
  }
  return formula;
}

std::vector<std::string> columns_in(const Formula& formula) {
  std::vector<std::string> columns;
  const auto add = [&columns](const std::vector<Expression>& expressions) {
    for (const Expression& expression : expressions)
      for (std::string& column : columns_in(expression)) columns.push_back(std::move(column));
  };
  add(formula.fixed.variables);
  for (const RandomPart& part : formula.random) {
    add(part.columns.variables);
    add(part.factors);
  }
  add(formula.offsets);
  return columns;
}

}  // namespace meridian::models
