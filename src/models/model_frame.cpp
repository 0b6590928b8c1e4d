#include "models/model_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "error.hpp"
#include "models/evaluation.hpp"

namespace meridian::models {
namespace {

std::vector<Expression> used_expressions(const Formula& formula) {
  std::vector<Expression> used = formula.fixed.variables;
  for (const RandomPart& part : formula.random) {
    used.insert(used.end(), part.columns.variables.begin(), part.columns.variables.end());
    used.insert(used.end(), part.factors.begin(), part.factors.end());
  }
  used.insert(used.end(), formula.offsets.begin(), formula.offsets.end());
  return used;
}

bool has_variable(const Frame& frame, const std::string& name) {
  return std::any_of(frame.variables.begin(), frame.variables.end(), [&](const Variable& v) { return v.name == name; });
}

bool variables_present(const Expression& e, const Frame& frame) {
  if (e.kind == Expression::Kind::name) return has_variable(frame, e.text);
  return std::all_of(e.arguments.begin(), e.arguments.end(),
                     [&](const Expression& a) { return variables_present(a, frame); });
}

void add_evaluated(const Expression& expression, const Frame& frame, const DesignOptions& options, Frame& columns) {
  if (!has_variable(columns, deparse(expression)))
    columns.variables.push_back(evaluate(expression, frame, options.multiplicity));
}

const Variable& add_named(const std::string& name, const Frame& frame, const DesignOptions& options, Frame& columns) {
  const Expression expression{Expression::Kind::name, name, 0, {}, 0};
  add_evaluated(expression, frame, options, columns);
  return columns.find(deparse(expression));
}

bool missing_at(const Variable& variable, std::size_t row) {
  return variable.is_factor ? variable.codes[row] < 0 : std::isnan(variable.numeric[row]);
}

std::vector<std::size_t> complete_rows(const Frame& columns, std::size_t rows) {
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto missing = [row](const Variable& variable) { return missing_at(variable, row); };
    if (std::none_of(columns.variables.begin(), columns.variables.end(), missing)) kept.push_back(row);
  }
  return kept;
}

template <typename Value>
void keep(std::vector<Value>& values, const std::vector<std::size_t>& rows) {
  if (values.empty() || rows.size() == values.size()) return;
  for (std::size_t i = 0; i < rows.size(); ++i) values[i] = values[rows[i]];
  values.resize(rows.size());
}

void drop_unused_levels(Variable& factor) {
  std::vector<std::int32_t> renumbered(factor.levels.size(), -1);
  for (const std::int32_t code : factor.codes) renumbered[static_cast<std::size_t>(code)] = 0;
  std::vector<std::string> levels;
  for (std::size_t level = 0; level < renumbered.size(); ++level) {
    if (renumbered[level] < 0) continue;
    renumbered[level] = static_cast<std::int32_t>(levels.size());
    levels.push_back(factor.levels[level]);
  }
  for (std::int32_t& code : factor.codes) code = renumbered[static_cast<std::size_t>(code)];
  factor.levels = std::move(levels);
}

void check_options(const Formula& formula, const Frame& frame, const DesignOptions& options) {
  if (!options.multiplicity.empty() && options.multiplicity.size() != frame.rows())
    throw InputError("row multiplicities", fmt::format("{}", options.multiplicity.size()),
                     fmt::format("{}", frame.rows()), "One per row of the table");
  const std::vector<Expression> used = used_expressions(formula);
  for (const auto& [name, choice] : options.contrasts) {
    const auto same = [&name = name](const Expression& e) { return deparse(e) == name; };
    if (std::none_of(used.begin(), used.end(), same))
      frame.find(name);  // a choice for a variable of other models is no error
  }
}

void check_numeric(const Variable& variable, const std::string& what) {
  if (variable.is_factor)
    throw InputError(what + " '" + variable.name + "'", "a factor", "numbers", "Choose a numeric column");
}

void check_weights(const Variable& weights) {
  check_numeric(weights, "weights");
  for (std::size_t row = 0; row < weights.numeric.size(); ++row)
    if (weights.numeric[row] < 0)
      throw InputError(fmt::format("weights '{}', row {}", weights.name, row + 1), number_text(weights.numeric[row]),
                       "a weight that is not negative", "Correct the table or leave the row out");
}

}  // namespace

ModelFrame model_frame(const Formula& formula, const Frame& frame, const DesignOptions& options) {
  check_options(formula, frame, options);
  ModelFrame result;
  Frame& columns = result.columns;
  for (const Expression& expression : used_expressions(formula)) add_evaluated(expression, frame, options, columns);
  result.has_response = formula.response && (options.response_required || variables_present(*formula.response, frame));
  if (result.has_response) add_evaluated(*formula.response, frame, options, columns);
  for (const Expression& offset : formula.offsets) check_numeric(columns.find(deparse(offset)), "offset");
  if (!options.weights.empty()) check_weights(add_named(options.weights, frame, options, columns));
  if (!options.trials.empty()) check_numeric(add_named(options.trials, frame, options, columns), "trials");
  result.kept_rows = complete_rows(columns, frame.rows());
  if (result.kept_rows.empty())
    throw InputError(
        fmt::format("formula '{}': none of the {} rows is complete in the variables used", formula.text, frame.rows()));
  result.multiplicity = options.multiplicity;
  keep(result.multiplicity, result.kept_rows);
  for (Variable& variable : columns.variables) {
    keep(variable.numeric, result.kept_rows);
    keep(variable.codes, result.kept_rows);
    if (variable.is_factor) drop_unused_levels(variable);
  }
  return result;
}

ModelFrame every_nth_row(const ModelFrame& frame, std::size_t stride) {
  const auto some = [stride](const auto& values) {
    std::decay_t<decltype(values)> picked;
    for (std::size_t row = 0; row < values.size(); row += stride) picked.push_back(values[row]);
    return picked;
  };
  ModelFrame result{{}, some(frame.kept_rows), some(frame.multiplicity), frame.has_response};
  for (const Variable& variable : frame.columns.variables)
    result.columns.variables.push_back(
        {variable.name, variable.is_factor, some(variable.numeric), some(variable.codes), variable.levels});
  return result;
}

}  // namespace meridian::models
