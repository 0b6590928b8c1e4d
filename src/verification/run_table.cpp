#include "verification/run_table.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::verification {
namespace {

using Columns = std::vector<std::size_t>;

std::optional<std::size_t> index_of(const RunTable& table, const std::string& column) {
  const auto found = std::find(table.header.begin(), table.header.end(), column);
  if (found == table.header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.header.begin());
}

bool is_term(const std::string& column) { return column.rfind("term", 0) == 0; }

bool fits(const std::vector<std::string>& row, const Columns& columns, const std::vector<Condition>& where) {
  for (std::size_t i = 0; i < where.size(); ++i) {
    const std::string& cell = row[columns[i]];
    const bool same =
        is_term(where[i].column) ? canonical_term(cell) == canonical_term(where[i].value) : cell == where[i].value;
    if (!same) return false;
  }
  return true;
}

std::vector<std::size_t> rows_that_fit(const RunTable& table, const Columns& columns,
                                       const std::vector<Condition>& where) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (fits(table.rows[i], columns, where)) rows.push_back(i);
  return rows;
}

// A correlation of a and b is the correlation of b and a.
std::vector<Condition> mirrored(std::vector<Condition> where) {
  const auto with = [&](const char* column) {
    return std::find_if(where.begin(), where.end(), [&](const Condition& c) { return c.column == column; });
  };
  const auto first = with("term1"), second = with("term2");
  if (first != where.end() && second != where.end()) std::swap(first->value, second->value);
  return where;
}

std::string in_words(const std::vector<Condition>& where) {
  std::string words;
  for (const Condition& condition : where)
    words += (words.empty() ? "" : ", ") + condition.column + " = '" + condition.value + "'";
  return words;
}

}  // namespace

RunTable read_run_table(const std::filesystem::path& file, const std::string& name) {
  tables::CsvReader csv(file);
  RunTable table{name, csv.header(), {}};
  while (csv.next()) {
    std::vector<std::string> row;
    for (std::size_t column = 0; column < table.header.size(); ++column) row.emplace_back(csv.text(column));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Found find_in(const RunTable& table, const std::vector<Condition>& where, const std::string& column) {
  Columns columns;
  for (const Condition& condition : where) {
    const auto index = index_of(table, condition.column);
    if (!index) return {0, table.name + " has no column " + condition.column};
    columns.push_back(*index);
  }
  const auto value_column = index_of(table, column);
  if (!value_column) return {0, table.name + " has no column " + column};

  std::vector<std::size_t> rows = rows_that_fit(table, columns, where);
  if (rows.empty()) rows = rows_that_fit(table, columns, mirrored(where));
  if (rows.size() != 1)
    return {0, table.name + " has " + (rows.empty() ? "no row" : "several rows") + " with " + in_words(where)};
  const std::string& text = table.rows[rows.front()][*value_column];
  double value = 0;
  if (!tables::parse_number(text, value))
    return {0, table.name + " holds '" + text + "' for " + column + " where " + in_words(where)};
  return {value, ""};
}

Found find_in(const nlohmann::json& object, const std::string& name, const std::string& pointer) {
  const nlohmann::json::json_pointer path(pointer);
  if (!object.contains(path)) return {0, name + " has no " + pointer};
  const nlohmann::json& value = object.at(path);
  if (!value.is_number()) return {0, name + " holds no number at " + pointer};
  return {value.get<double>(), ""};
}

nlohmann::json read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(file.string(), "no file that can be read", "a JSON file", "Give the folder of a run.");
  try {
    return nlohmann::json::parse(in);
  } catch (const nlohmann::json::exception& error) {
    throw InputError(file.string(), std::string("broken JSON (") + error.what() + ")", "a file that meridian wrote",
                     "Run the job again.");
  }
}

}  // namespace meridian::verification
