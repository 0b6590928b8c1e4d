#pragma once
// Columns of a table from their texts, one after the other: nothing is kept of a number but its value, nothing of a
// label but its first occurrence.
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/frame.hpp"

namespace meridian::models {

/// "" and "NA".
bool is_missing(std::string_view text);
/// A whole text as a number, blanks around it aside: "1", " -2.5e1 ", "+3", "Inf".
std::optional<double> number_in(std::string_view text);

/// What the texts of a column allow it to be, as R's read.csv decides: numbers, else truth values, else labels.
class ColumnKind {
 public:
  enum class Kind { number, logical, label };
  void see(std::string_view text);
  Kind kind() const { return numbers_ ? Kind::number : logicals_ ? Kind::logical : Kind::label; }

 private:
  bool numbers_ = true, logicals_ = true;
};

class ColumnBuilder {
 public:
  ColumnBuilder(std::string name, ColumnKind::Kind kind);
  void reserve(std::size_t rows);
  /// InputError if the kind does not allow the text.
  void add(std::string_view text);
  /// Levels in the order of sorted_levels(); a truth value is TRUE or FALSE however it was written, as in R.
  Variable finish();

 private:
  std::int32_t code_of(std::string_view label);

  ColumnKind::Kind kind_;
  Variable column_;
  std::deque<std::string> labels_;  ///< in order of appearance, at addresses that stay
  std::unordered_map<std::string_view, std::int32_t> code_;
};

}  // namespace meridian::models
