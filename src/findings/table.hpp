#pragma once
// What was found, as a table with names, units and a caption; knows nothing of how it was computed.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace meridian::findings {

enum class Kind { text, integer, real };

/// One column. `name` is what scripts rely on (lower case, broom's names where they exist); `unit` may be empty.
struct Column {
  std::string name;
  Kind kind = Kind::text;
  std::string unit;
};

/// An empty cell ("does not apply") is std::monostate.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

struct Table {
  std::string name;     ///< file stem, e.g. "by_llm"
  std::string title;    ///< shown above the table
  std::string caption;  ///< what the columns mean, method, n
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;

  /// Appends a row; throws Error(bug) if the cell count or a cell's kind does not fit the columns.
  void add(std::vector<Cell> row);
  /// Index of a column; throws Error(bug) if absent.
  std::size_t column(std::string_view name) const;
};

/// A cell as text: shortest form that reads back to the same double (17 digits at most), "" when empty.
std::string to_text(const Cell& cell);

}  // namespace meridian::findings
