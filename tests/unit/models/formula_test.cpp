// The language itself: what is understood, and how misunderstandings are told. Column by column:
// design_reference_test.cpp.
#include "models/formula.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "error.hpp"

using meridian::InputError;
using meridian::models::deparse;
using meridian::models::Formula;
using meridian::models::parse_expression;
using meridian::models::parse_formula;

namespace {

std::vector<std::string> labels(const std::string& text) {
  const Formula formula = parse_formula(text);
  std::vector<std::string> result;
  for (std::size_t term = 0; term < formula.fixed.terms.size(); ++term) result.push_back(formula.fixed.label(term));
  return result;
}

std::vector<std::string> random_parts(const std::string& formula) {
  std::vector<std::string> result;
  for (const auto& part : parse_formula(formula).random) {
    std::string text = part.columns.intercept ? "1" : "0";
    for (std::size_t term = 0; term < part.columns.terms.size(); ++term)
      text.append("+").append(part.columns.label(term));
    result.push_back(text.append("|").append(part.group));
  }
  return result;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("terms are expanded and sorted by order as R's terms.formula") {
  CHECK(labels("y ~ a*b*c") == Labels{"a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"});
  CHECK(labels("y ~ b:a + a") == Labels{"a", "b:a"});
  CHECK(labels("y ~ (a + b + c)^2 - a:b") == Labels{"a", "b", "c", "a:c", "b:c"});
  CHECK(labels("y ~ (a + b)/c") == Labels{"a", "b", "a:b:c"});
  CHECK(labels("y ~ a/b/c") == Labels{"a", "a:b", "a:b:c"});
  CHECK(labels("y ~ a + a + a:a") == Labels{"a"});
  CHECK(labels("y ~ (a + b) %in% c") == Labels{"a:c", "b:c"});
  CHECK(labels("y ~ a**2 + b^1") == Labels{"a", "b"});
}

TEST_CASE("the intercept goes and comes as in R") {
  CHECK(parse_formula("y ~ a").fixed.intercept);
  CHECK_FALSE(parse_formula("y ~ a - 1").fixed.intercept);
  CHECK_FALSE(parse_formula("y ~ 0 + a").fixed.intercept);
  CHECK(parse_formula("y ~ 0 + a + 1").fixed.intercept);
  CHECK(parse_formula("y ~ a - 0").fixed.intercept);
  CHECK_FALSE(parse_formula("y ~ -1 + a").fixed.intercept);
  CHECK(parse_formula("y ~ (1 | g)").fixed.intercept);
  CHECK_FALSE(parse_formula("y ~ (1 | g) - 1").fixed.intercept);
}

TEST_CASE("random terms are split and nested as in lme4 1.1") {
  CHECK(random_parts("y ~ x + (1 + x | g) + (0 + z | h)") == Labels{"1+x|g", "0+z|h"});
  CHECK(random_parts("y ~ (x*f || h)") == Labels{"1|h", "0+x|h", "0+f|h", "0+x:f|h"});
  CHECK(random_parts("y ~ (1 | a/b/c)") == Labels{"1|c:(b:a)", "1|b:a", "1|a"});
  CHECK(random_parts("y ~ (1 + x || g/h)") == Labels{"1|h:g", "1|g", "0+x|h:g", "0+x|g"});
  CHECK(random_parts("y ~ (1 | a:b/c)") == Labels{"1|c:(a:b)", "1|a:b"});
  CHECK(random_parts("y ~ ((1 | g)) + x + ((z | h) + (w | h))") == Labels{"1|g", "1+z|h", "1+w|h"});
  CHECK(labels("y ~ ((1 | g)) + x + ((z | h) + v)") == Labels{"x", "v"});
}

TEST_CASE("expressions are written as R's deparse writes them") {
  CHECK(deparse(parse_expression("I( x^2+1 )")) == "I(x^2 + 1)");
  CHECK(deparse(parse_expression("log(x*2)/b-3:4")) == "log(x * 2)/b - 3:4");
  CHECK(deparse(parse_expression("-x^-2")) == "-x^-2");
  CHECK(deparse(parse_expression("`a b`+ä")) == "`a b` + ä");
  CHECK(deparse(parse_expression("x*100000+0.10+1e-5+123456.5")) == "x * 1e+05 + 0.1 + 1e-05 + 123456.5");
}

TEST_CASE("operators bind as in R") {
  CHECK(parse_expression("a + b * c").text == "+");
  CHECK(parse_expression("a * b : c").arguments[1].text == ":");
  CHECK(parse_expression("a - b - c").arguments[0].text == "-");
  CHECK(parse_expression("a ^ b ^ c").arguments[1].text == "^");
  CHECK(parse_expression("-a:b").arguments[0].text == "-");
  CHECK(parse_expression("-a^b").text == "-");
  CHECK(parse_expression("1 + x || g").text == "||");
}

TEST_CASE("a malformed formula is an input error that points at the culprit") {
  struct Malformed {
    const char* text;
    const char* words;
    std::size_t position;
  };
  const auto malformed = GENERATE(values<Malformed>({
      {"", "is empty", 0},
      {"y + x", "no '~'", 0},
      {"y ~", "ends after '~'", 3},
      {"y ~ a + * b", "found '*'", 8},
      {"y ~ a b", "expected an operator before 'b'", 6},
      {"y ~ (a + b", "never closed", 4},
      {"y ~ a + b)", "closes nothing", 9},
      {"y ~ a + .", "'.' is not supported", 8},
      {"y ~ a + 2", "0 and 1", 8},
      {"y ~ a $ b", "unexpected '$'", 6},
      {"y ~ x + 1 | g", "in parentheses", 10},
      {"y ~ x * (1 | g)", "only be added", 6},
      {"y ~ x - (1 | g)", "only be added", 6},
      {"y ~ x + (0 | g)", "no columns", 11},
      {"y ~ x + (1 | g + h)", "no grouping factor", 15},
      {"y ~ x + (1 | a/(b/c))", "without parentheses", 15},
      {"y ~ x + (1 | g | h)", "in parentheses", 11},
      {"y ~ poly(x)", "unknown function 'poly'", 4},
      {"y ~ log(x, 2)", "one argument", 4},
      {"y ~ I(x:z)", "not arithmetic", 7},
      {"y ~ log()", "needs an argument", 8},
      {"y ~ x^z", "whole number", 6},
      {"y ~ x^2.5", "whole number", 6},
      {"y ~ x + y", "right-hand side too", 8},
      {"y ~ x ~ z", "not arithmetic", 2},
      {"y ~ a:1", "need a variable", 5},
      {"y ~ 2nd", "begin with a digit", 4},
      {"y ~ `open", "closing backtick", 4},
      {"cbind(y) ~ x", "not arithmetic", 0},
  }));
  INFO(malformed.text);
  std::string message;
  try {
    parse_formula(malformed.text);
  } catch (const InputError& error) {
    message = error.what();
  }
  CHECK_THAT(message, Catch::Contains(malformed.words));
  CHECK_THAT(message, Catch::EndsWith("\n  " + std::string(malformed.position, ' ') + "^"));
}

TEST_CASE("a formula of absurd length or depth is refused before it exhausts the stack") {
  CHECK_THROWS_AS(parse_formula("y ~ " + std::string(200000, '(')), InputError);
  CHECK_THROWS_WITH(parse_formula("y ~ " + std::string(9000, '(')), Catch::Contains("nested more than 200 deep"));
  CHECK(labels("y ~ " + std::string(150, '(') + "a" + std::string(150, ')')) == Labels{"a"});
  std::string long_sum = "y ~ a";
  for (int term = 0; term < 450; ++term) long_sum += "+b";
  CHECK(labels(long_sum) == Labels{"a", "b"});
  CHECK_THROWS_WITH(parse_formula(long_sum + long_sum.substr(5)), Catch::Contains("more than 500 operators"));
}

TEST_CASE("the caret counts characters, not bytes") {
  CHECK_THROWS_WITH(parse_formula("größe ~ a + * b"), Catch::EndsWith("\n  " + std::string(12, ' ') + "^"));
}
