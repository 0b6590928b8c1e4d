#include "report/run_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace meridian::report {
namespace {

using findings::Kind;
using findings::Table;

constexpr std::size_t kMostLines = 100;
constexpr double kRounding = 1e-12;  // of a column's largest number
constexpr double kWhole = std::numeric_limits<double>::infinity();

std::map<std::string, const Table*> tables_of(const findings::Document& document) {
  std::map<std::string, const Table*> tables;
  for (const findings::Section& section : document.sections)
    for (const Table& table : section.tables) tables[section.folder + "/" + table.name] = &table;
  return tables;
}

/// Columns of text before the first number say which row it is; later ones (a verdict) are what was found.
std::size_t naming_columns(const Table& table) {
  const auto first = std::find_if(table.columns.begin(), table.columns.end(),
                                  [](const findings::Column& column) { return column.kind != Kind::text; });
  return static_cast<std::size_t>(first - table.columns.begin());
}

/// "nation, participant"; a number is added to rows that share their words.
std::map<std::string, std::size_t> rows_of(const Table& table) {
  std::map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::string words;
    for (std::size_t column = 0; column < naming_columns(table); ++column)
      if (const std::string cell = findings::to_text(table.rows[row][column]); !cell.empty())
        words += (words.empty() ? "" : ", ") + cell;
    std::string key = words;
    for (int again = 2; rows.count(key) != 0; ++again) key = fmt::format("{} ({})", words, again);
    rows[key] = row;
  }
  return rows;
}

double number(const findings::Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::nan("");
}

/// The largest number of each column, regardless of sign.
std::vector<double> largest_numbers(const Table& table) {
  std::vector<double> largest(table.columns.size(), 0);
  for (const auto& row : table.rows)
    for (std::size_t column = 0; column < row.size(); ++column)
      if (const double value = std::abs(number(row[column])); std::isfinite(value))
        largest[column] = std::max(largest[column], value);
  return largest;
}

/// Relative to the larger of the two; a difference within the column's rounding (a zero that is -5e-18 one night and
/// 5e-18 the next) to the column's largest number.
double size_of(const findings::Cell& before, const findings::Cell& after, double largest) {
  const std::string first = findings::to_text(before), second = findings::to_text(after);
  if (first == second) return 0;
  const double a = number(before), b = number(after);
  if (!std::isfinite(a) || !std::isfinite(b)) return kWhole;
  const double own = std::max(std::abs(a), std::abs(b)), difference = std::abs(a - b);
  return difference / (difference <= kRounding * largest ? std::max(own, largest) : own);
}

struct Compared {
  const Table &before, &after;
  std::vector<double> largest;  ///< number of each column before
};

void compare_rows(const std::string& where, const Compared& tables, std::size_t row_before, std::size_t row_after,
                  RunComparison& comparison) {
  const auto& [before, after, largest] = tables;
  for (std::size_t column = 0; column < before.columns.size(); ++column) {
    if (column < naming_columns(before)) continue;
    const auto same = std::find_if(after.columns.begin(), after.columns.end(),
                                   [&](const auto& other) { return other.name == before.columns[column].name; });
    if (same == after.columns.end()) continue;
    const findings::Cell& a = before.rows[row_before][column];
    const findings::Cell& b = after.rows[row_after][static_cast<std::size_t>(same - after.columns.begin())];
    if (before.columns[column].kind != Kind::text) ++comparison.compared;
    if (const double size = size_of(a, b, largest[column]); size > 0)
      comparison.changes.push_back(
          {where + ", " + before.columns[column].name, findings::to_text(a), findings::to_text(b), size});
  }
}

void compare_tables(const std::string& name, const Table& before, const Table& after, RunComparison& comparison) {
  const Compared tables{before, after, largest_numbers(before)};
  const auto rows_before = rows_of(before), rows_after = rows_of(after);
  for (const auto& [key, row] : rows_before) {
    const auto found = rows_after.find(key);
    if (found == rows_after.end())
      comparison.changes.push_back({name + ", " + key, "a row", "", kWhole});
    else
      compare_rows(name + ", " + key, tables, row, found->second, comparison);
  }
  for (const auto& [key, row] : rows_after)
    if (rows_before.count(key) == 0) comparison.changes.push_back({name + ", " + key, "", "a row", kWhole});
  for (const findings::Column& column : before.columns)
    if (std::none_of(after.columns.begin(), after.columns.end(), [&](const auto& c) { return c.name == column.name; }))
      comparison.changes.push_back({name + ", " + column.name, "a column", "", kWhole});
}

}  // namespace

RunComparison compare_runs(const findings::Document& before, const findings::Document& after) {
  RunComparison comparison;
  const auto tables_before = tables_of(before), tables_after = tables_of(after);
  for (const auto& [name, table] : tables_before) {
    const auto found = tables_after.find(name);
    if (found == tables_after.end())
      comparison.changes.push_back({name, "a table", "", kWhole});
    else
      compare_tables(name, *table, *found->second, comparison);
  }
  for (const auto& [name, table] : tables_after)
    if (tables_before.count(name) == 0) comparison.changes.push_back({name, "", "a table", kWhole});
  std::stable_sort(comparison.changes.begin(), comparison.changes.end(),
                   [](const Change& a, const Change& b) { return a.size > b.size; });
  return comparison;
}

std::string comparison_text(const RunComparison& comparison, double threshold) {
  std::string text;
  std::size_t beyond = 0;
  for (const Change& change : comparison.changes) {
    if (change.size <= threshold) continue;
    if (++beyond > kMostLines) continue;
    text += fmt::format("{}: {} -> {}{}\n", change.where, change.before.empty() ? "nothing" : change.before,
                        change.after.empty() ? "nothing" : change.after,
                        std::isinf(change.size) ? "" : fmt::format(" (relative change {:.2g})", change.size));
  }
  if (beyond > kMostLines) text += fmt::format("... and {} more\n", beyond - kMostLines);
  return text + fmt::format("compared {} numbers: {} differ, {} by more than {:g} (relative)\n", comparison.compared,
                            comparison.changes.size(), beyond, threshold);
}

}  // namespace meridian::report
