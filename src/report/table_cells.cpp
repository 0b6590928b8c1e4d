#include "report/table_cells.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/number_text.hpp"
#include "report/table_columns.hpp"
#include "report/table_files.hpp"

namespace meridian::report {

std::string replaced(const std::string& text, const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [from, to] : pairs)
      if (text.compare(at, from.size(), from) == 0) {
        out += to;
        at += from.size();
        found = true;
        break;
      }
    if (!found) out += text[at++];
  }
  return out;
}

std::string title_of(const findings::Table& table) { return table.title.empty() ? table.name : table.title; }

std::vector<std::string> shown_row(const findings::Table& table, std::size_t row, Escape escape) {
  std::vector<std::string> cells;
  for (std::size_t column = 0; column < table.columns.size(); ++column)
    cells.push_back(escape(apa_number(table, row, column)));
  return cells;
}

std::vector<std::string> headings(const findings::Table& table, Escape escape) {
  std::vector<std::string> cells;
  for (const findings::Column& column : table.columns) cells.push_back(escape(column_heading(column)));
  return cells;
}

std::string apa_number(const findings::Table& table, std::size_t row, std::size_t column) {
  const NumberStyle style = number_style(table, column);
  const findings::Cell& cell = table.rows[row][column];
  const auto* value = std::get_if<double>(&cell);
  if (!style.p_value || value == nullptr || !std::isfinite(*value)) return shown_cell(cell, style);
  if (*value < 0.001) return "< .001";
  if (*value > 0.999) return "> .999";
  return fmt::format("{:.3f}", *value).substr(1);
}

}  // namespace meridian::report
