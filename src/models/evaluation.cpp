#include "models/evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "error.hpp"

namespace meridian::models {
namespace {

struct Function {
  const char* name;
  double (*apply)(double);
};

double identity(double x) { return x; }

constexpr Function functions[] = {{"I", identity},       {"log", std::log},     {"log2", std::log2},
                                  {"log10", std::log10}, {"log1p", std::log1p}, {"exp", std::exp},
                                  {"expm1", std::expm1}, {"sqrt", std::sqrt},   {"abs", std::fabs}};

const Function* find_function(const std::string& name) {
  const auto* found =
      std::find_if(std::begin(functions), std::end(functions), [&](const Function& f) { return name == f.name; });
  return found == std::end(functions) ? nullptr : found;
}

double apply_operator(char symbol, double left, double right) {
  switch (symbol) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return std::pow(left, right);
  }
}

/// Centred and divided by the standard deviation (n - 1) of the rows that are there.
void scale(std::vector<double>& values, const std::vector<double>& multiplicity) {
  const auto times = [&](std::size_t row) { return multiplicity.empty() ? 1.0 : multiplicity[row]; };
  double count = 0, total = 0, squares = 0;
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isnan(values[row])) {
      count += times(row);
      total += times(row) * values[row];
    }
  const double mean = total / count;
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isnan(values[row])) squares += times(row) * (values[row] - mean) * (values[row] - mean);
  const double deviation = std::sqrt(squares / (count - 1));
  for (double& value : values) value = (value - mean) / deviation;
}

class Evaluator {
 public:
  Evaluator(const Frame& frame, const std::vector<double>& multiplicity) : frame_(frame), multiplicity_(multiplicity) {}

  std::vector<double> numeric(const Expression& e) const {
    if (e.kind == Expression::Kind::number) return std::vector<double>(frame_.rows(), e.number);
    if (e.kind == Expression::Kind::name) return numeric_variable(e.text);
    std::vector<double> left = numeric(e.arguments[0]);
    if (e.arguments.size() == 2) return binary(e.text[0], std::move(left), numeric(e.arguments[1]));
    if (e.text == "-")
      for (double& value : left) value = -value;
    else if (e.text == "scale")
      scale(left, multiplicity_);
    else if (const Function* function = find_function(e.text))
      for (double& value : left) value = function->apply(value);
    return left;
  }

 private:
  std::vector<double> numeric_variable(const std::string& name) const {
    const Variable& variable = frame_.find(name);
    if (variable.is_factor)
      throw InputError(fmt::format("formula: '{}' is a factor (levels {}); arithmetic needs a numeric variable", name,
                                   fmt::join(variable.levels, ", ")));
    return variable.numeric;
  }

  static std::vector<double> binary(char symbol, std::vector<double> left, const std::vector<double>& right) {
    for (std::size_t row = 0; row < left.size(); ++row) {
      const bool missing = std::isnan(left[row]) || std::isnan(right[row]);  // pow(NaN, 0) would be 1
      left[row] = missing ? std::numeric_limits<double>::quiet_NaN() : apply_operator(symbol, left[row], right[row]);
    }
    return left;
  }

  const Frame& frame_;
  const std::vector<double>& multiplicity_;
};

/// A value that the transformation, not the table, made missing or infinite is the analyst's business: R drops it with
/// a warning.
void check_finite(const Expression& e, const Variable& result, const Frame& frame) {
  const std::vector<std::string> names = columns_in(e);
  for (std::size_t row = 0; row < result.numeric.size(); ++row) {
    if (std::isfinite(result.numeric[row])) continue;
    std::vector<std::string> inputs;
    bool missing = false;
    for (const std::string& name : names) {
      const double value = frame.find(name).numeric[row];
      missing = missing || std::isnan(value);
      inputs.push_back(fmt::format("{} = {}", name, number_text(value)));
    }
    if (!missing)
      throw InputError(fmt::format("row {}", row + 1),
                       fmt::format("{} = {}", result.name, number_text(result.numeric[row])), "a finite number",
                       fmt::format("Leave the row out or transform otherwise ({})", fmt::join(inputs, ", ")));
  }
}

std::string level_text(double value, bool whole_numbers) {
  return whole_numbers ? fmt::format("{:.0f}", value)
                       : number_text(value);  // R keeps whole columns as integers: 100000, not 1e+05
}

}  // namespace

bool is_factor_function(const std::string& name) { return name == "factor" || name == "as.factor"; }

bool is_function(const std::string& name) {
  return name == "scale" || is_factor_function(name) || find_function(name) != nullptr;
}

std::string function_list() {
  std::string list;
  for (const Function& function : functions) list += std::string(function.name) + ", ";
  return list + "scale, factor, as.factor";
}

Variable as_factor(const Variable& variable) {
  if (variable.is_factor) return variable;
  std::vector<double> values;
  for (const double value : variable.numeric)
    if (!std::isnan(value)) values.push_back(value);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const bool whole = std::all_of(values.begin(), values.end(),
                                 [](double v) { return v == std::floor(v) && std::fabs(v) < 2147483648.0; });
  Variable factor;
  factor.name = variable.name;
  factor.is_factor = true;
  for (const double value : values) factor.levels.push_back(level_text(value, whole));
  for (const double value : variable.numeric) {
    const auto found = std::lower_bound(values.begin(), values.end(), value);
    factor.codes.push_back(std::isnan(value) ? -1 : static_cast<std::int32_t>(found - values.begin()));
  }
  return factor;
}

Variable evaluate(const Expression& expression, const Frame& frame, const std::vector<double>& multiplicity) {
  Variable result;
  if (expression.kind == Expression::Kind::name) {
    result = frame.find(expression.text);
  } else if (expression.kind == Expression::Kind::call && is_factor_function(expression.text)) {
    result = as_factor(evaluate(expression.arguments[0], frame, multiplicity));
  } else {
    result.numeric = Evaluator(frame, multiplicity).numeric(expression);
  }
  result.name = deparse(expression);
  if (!result.is_factor) check_finite(expression, result, frame);
  return result;
}

}  // namespace meridian::models
