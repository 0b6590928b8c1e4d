#pragma once
// A table in memory: numeric and factor columns of equal length, R's data.frame without the rest.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace meridian::models {

struct Variable {
  std::string name;
  bool is_factor = false;
  std::vector<double> numeric;      ///< of a numeric variable; NaN is missing
  std::vector<std::int32_t> codes;  ///< of a factor: index into levels; -1 is missing
  std::vector<std::string> levels;

  std::size_t size() const { return is_factor ? codes.size() : numeric.size(); }
};

struct Frame {
  std::vector<Variable> variables;

  std::size_t rows() const { return variables.empty() ? 0 : variables.front().size(); }
  /// InputError lists the variables and the nearest name.
  const Variable& find(const std::string& name) const;
  /// InputError if the length differs from that of the other variables, or the name is taken.
  void add(Variable variable);
  void add_numeric(const std::string& name, std::vector<double> values);
  void add_factor(const std::string& name, std::vector<std::int32_t> codes, std::vector<std::string> levels);
  /// Levels from the values: numeric order when all look numeric, else code-point order. "NA" and "" are missing.
  void add_labels(const std::string& name, const std::vector<std::string>& labels);
};

/// One line per variable, for the terminal: "dose: numeric", "nation: factor with 3 levels (CN, DE, US)".
std::string describe_variables(const Frame& frame);

/// The order of levels everywhere: by value when every label is a number, else by code point. As indices into
/// different labels.
std::vector<std::int32_t> level_order(const std::vector<std::string>& labels);
/// The labels in that order, each once.
std::vector<std::string> sorted_levels(std::vector<std::string> labels);

}  // namespace meridian::models
