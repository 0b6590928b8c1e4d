#include "findings/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::findings {
namespace {

struct AsText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return tables::format_number(number); }
};

bool fits(const Cell& cell, Kind kind) {
  switch (cell.index()) {
    case 0:
      return true;
    case 1:
      return kind == Kind::text;
    case 2:
      return kind == Kind::integer;
    default:
      return kind == Kind::real;
  }
}

}  // namespace

void Table::add(std::vector<Cell> row) {
  if (row.size() != columns.size())
    throw Error(ExitCode::bug,
                fmt::format("table {}: a row of {} cells for {} columns", name, row.size(), columns.size()));
  for (std::size_t i = 0; i < row.size(); ++i)
    if (!fits(row[i], columns[i].kind))
      throw Error(ExitCode::bug, fmt::format("table {}, column {}: the cell '{}' is of another kind than the column",
                                             name, columns[i].name, to_text(row[i])));
  rows.push_back(std::move(row));
}

std::size_t Table::column(std::string_view wanted) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == wanted; });
  if (found == columns.end()) throw Error(ExitCode::bug, fmt::format("table {} has no column {}", name, wanted));
  return static_cast<std::size_t>(found - columns.begin());
}

std::string to_text(const Cell& cell) { return std::visit(AsText{}, cell); }

}  // namespace meridian::findings
