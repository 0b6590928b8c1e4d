#include "models/reference_grid.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "error.hpp"
#include "models/evaluation.hpp"

namespace meridian::models {
namespace {

constexpr std::size_t largest_grid = 100000;

struct RawVariable {
  std::string name;
  bool in_factor_call = false;
};

void collect(const Expression& e, bool in_factor_call, std::vector<RawVariable>& raw) {
  const bool inside = in_factor_call || (e.kind == Expression::Kind::call && is_factor_function(e.text));
  for (const Expression& argument : e.arguments) collect(argument, inside, raw);
  if (e.kind != Expression::Kind::name) return;
  const auto same = [&](const RawVariable& variable) { return variable.name == e.text; };
  const auto found = std::find_if(raw.begin(), raw.end(), same);
  if (found == raw.end())
    raw.push_back({e.text, inside});
  else
    found->in_factor_call = found->in_factor_call || inside;
}

template <typename Value>
std::vector<Value> distinct(const std::vector<Value>& all, const std::vector<std::size_t>& rows) {
  std::vector<Value> values;
  for (const std::size_t row : rows) values.push_back(all[row]);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

double mean(const std::vector<double>& values, const ModelFrame& rows) {
  double total = 0, count = 0;
  for (std::size_t row = 0; row < rows.kept_rows.size(); ++row) {
    const double times = rows.multiplicity.empty() ? 1 : rows.multiplicity[row];
    total += times * values[rows.kept_rows[row]];
    count += times;
  }
  return total / count;
}

GridVariable grid_variable(const RawVariable& raw, const Variable& variable, const ModelFrame& rows) {
  GridVariable result;
  result.name = raw.name;
  if (variable.is_factor) {
    result.codes = distinct(variable.codes, rows.kept_rows);
    for (const std::int32_t code : result.codes)
      result.labels.push_back(variable.levels[static_cast<std::size_t>(code)]);
    return result;
  }
  result.values = distinct(variable.numeric, rows.kept_rows);
  if (!raw.in_factor_call && result.values.size() > 2) result.values = {mean(variable.numeric, rows)};
  for (const double value : result.values) result.labels.push_back(number_text(value));
  return result;
}

}  // namespace

std::size_t grid_points(const std::vector<GridVariable>& grid) {
  std::size_t points = 1;
  for (const GridVariable& variable : grid) points *= variable.size();
  return points;
}

std::vector<GridVariable> grid_variables(const Formula& formula, const Frame& frame, const ModelFrame& rows,
                                         const std::vector<std::string>& first) {
  std::vector<RawVariable> raw;
  for (const Expression& expression : formula.fixed.variables) collect(expression, false, raw);
  for (std::size_t place = 0; place < first.size(); ++place) {
    const auto same = [&](const RawVariable& variable) { return variable.name == first[place]; };
    const auto found =
        std::find_if(raw.begin() + static_cast<std::ptrdiff_t>(std::min(place, raw.size())), raw.end(), same);
    if (found == raw.end())
      throw InputError(
          fmt::format("cell means: '{}' is in no fixed term of '{}', or named twice", first[place], formula.text));
    std::rotate(raw.begin() + static_cast<std::ptrdiff_t>(place), found, found + 1);
  }
  std::vector<GridVariable> grid;
  for (const RawVariable& variable : raw) {
    grid.push_back(grid_variable(variable, frame.find(variable.name), rows));
    if (grid_points(grid) > largest_grid)
      throw InputError(fmt::format("cell means of '{}'", formula.text),
                       fmt::format("more than {} combinations of levels", largest_grid), "fewer",
                       "Leave factors with many levels out of the fixed terms, or use contrasts of coefficients");
  }
  return grid;
}

Frame append_grid(const Frame& frame, const std::vector<GridVariable>& grid, std::size_t complete_row) {
  Frame result = frame;
  const std::size_t points = grid_points(grid);
  for (Variable& variable : result.variables)
    if (variable.is_factor)
      variable.codes.resize(frame.rows() + points, variable.codes[complete_row]);
    else
      variable.numeric.resize(frame.rows() + points, variable.numeric[complete_row]);
  std::size_t stride = 1;
  for (const GridVariable& along : grid) {
    const auto same = [&](const Variable& variable) { return variable.name == along.name; };
    Variable& variable = *std::find_if(result.variables.begin(), result.variables.end(), same);
    for (std::size_t point = 0; point < points; ++point) {
      const std::size_t level = point / stride % along.size();
      if (variable.is_factor)
        variable.codes[frame.rows() + point] = along.codes[level];
      else
        variable.numeric[frame.rows() + point] = along.values[level];
    }
    stride *= along.size();
  }
  return result;
}

}  // namespace meridian::models
