#pragma once
// The formula language of lme4: Wilkinson-Rogers terms as R's `terms.formula`, and random terms in bars.
#include <optional>
#include <string>
#include <vector>

#include "models/expression.hpp"

namespace meridian::models {

/// One right-hand side, expanded: R's terms object. A term is a set of variables.
struct TermSet {
  std::vector<Expression> variables;  ///< in order of appearance; an interaction is named in this order
  std::vector<std::string> names;     ///< deparsed variables: "x", "log(x)", "factor(dose)"
  std::vector<std::vector<int>>
      terms;  ///< ascending variable indices; sorted by order (main effects first), else as written
  bool intercept = true;

  std::string label(std::size_t term) const;  ///< "a:b"
};

/// One `(columns | group)` after `||` and `/` are expanded as lme4 does.
struct RandomPart {
  TermSet columns;
  std::vector<Expression> factors;  ///< interacted to form the groups, first one slowest
  std::string group;                ///< as lme4 names it: "g", "h:g" for the inner level of g/h
};

struct Formula {
  std::string text;
  std::optional<Expression> response;  ///< empty for "~ x"
  TermSet fixed;
  std::vector<RandomPart> random;   ///< in the order of the formula
  std::vector<Expression> offsets;  ///< x of every offset(x): their sum has the coefficient 1
};

/// Fixed terms: + - : * / %in% ^ (whole powers) and parentheses as in R; 0, 1, -1 for the intercept. Variables: names
/// (`any text` in backticks), factor(x), and arithmetic + - * / ^ inside I(), log(), exp(), sqrt(), scale() and the
/// other functions of models/evaluation.hpp. The response is arithmetic too: log(y). Random terms: (columns | group),
/// (columns || group), groups g, g:h, g/h, factor(g). Added to the fixed terms: offset(arithmetic). Not supported, with
/// an error that says so: `.`, poly() and other functions. InputError with the position, what was found and what is
/// allowed.
Formula parse_formula(const std::string& text);

/// The columns that the right side names: fixed and random terms, groups and offsets; some more than once.
std::vector<std::string> columns_in(const Formula& formula);

}  // namespace meridian::models
