#include "commands/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "error.hpp"
#include "models/text_column.hpp"
#include "runtime/log.hpp"
#include "tables/csv.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

std::vector<std::size_t> named_columns(const tables::CsvReader& reader) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < reader.header().size(); ++c)
    if (!reader.header()[c].empty()) columns.push_back(c);
  return columns;
}

/// Types of the columns, and how many rows there are.
std::size_t find_kinds(const fs::path& file, std::vector<models::ColumnKind>& kinds) {
  tables::CsvReader reader(file);
  const std::vector<std::size_t> columns = named_columns(reader);
  kinds.resize(columns.size());
  std::size_t rows = 0;
  for (; reader.next(); ++rows)
    for (std::size_t c = 0; c < columns.size(); ++c) kinds[c].see(reader.text(columns[c]));
  return columns.empty() ? 0 : rows;
}

}  // namespace

models::Frame read_frame(const fs::path& file, const std::vector<std::string>& factors) {
  if (fs::exists(file) && !fs::is_regular_file(file) && !fs::is_directory(file))
    throw InputError(file.string(), "a pipe or a device", "a file: it is read twice",
                     "Write the table to a file first");
  std::vector<models::ColumnKind> kinds;
  const std::size_t rows = find_kinds(file, kinds);
  if (rows == 0)
    throw InputError(file.string(), "no rows", "a header and at least one row of values", "Give a table with data");
  tables::CsvReader reader(file);
  const std::vector<std::size_t> columns = named_columns(reader);
  std::vector<models::ColumnBuilder> builders;
  builders.reserve(columns.size());  // a builder that moves forgets what it reserved
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string& name = reader.header()[columns[c]];
    const bool forced = std::find(factors.begin(), factors.end(), name) != factors.end();
    builders.emplace_back(name, forced ? models::ColumnKind::Kind::label : kinds[c].kind()).reserve(rows);
  }
  while (reader.next())
    for (std::size_t c = 0; c < columns.size(); ++c) builders[c].add(reader.text(columns[c]));
  models::Frame frame;
  for (models::ColumnBuilder& builder : builders) frame.add(builder.finish());
  for (const std::string& name : factors) frame.find(name);
  return frame;
}

void check_numbers(const fs::path& file, const models::Frame& frame, const std::string& name) {
  const auto variable = std::find_if(frame.variables.begin(), frame.variables.end(),
                                     [&](const models::Variable& v) { return v.name == name; });
  if (variable == frame.variables.end() || !variable->is_factor) return;
  tables::CsvReader reader(file);
  const std::size_t column = reader.column(name);
  std::size_t words = 0, line = 0;
  std::string first;
  while (reader.next()) {
    double value = 0;
    if (reader.missing(column) || tables::parse_number(reader.text(column), value) || words++ > 0) continue;
    line = reader.line();
    first = reader.text(column);
  }
  if (words == 0 || 2 * words > frame.rows()) return;
  throw InputError(fmt::format("{}:{}, column '{}'", file.string(), line, name), "'" + first + "'",
                   "a number, as in most rows of the response",
                   "Correct it, or leave the field empty if the value is missing");
}

void warn_of_words(const models::Frame& frame, const std::vector<std::string>& columns) {
  for (const models::Variable& variable : frame.variables) {
    if (!variable.is_factor || std::find(columns.begin(), columns.end(), variable.name) == columns.end()) continue;
    std::vector<bool> number;
    for (const std::string& level : variable.levels) number.push_back(models::number_in(level).has_value());
    std::size_t words = 0, numbers = 0;
    for (const std::int32_t code : variable.codes)
      if (code >= 0) ++(number[static_cast<std::size_t>(code)] ? numbers : words);
    const auto first = std::find(number.begin(), number.end(), false);
    if (words == 0 || words >= numbers) continue;
    runtime::warning(fmt::format(
        "'{}' is a factor with {} levels because {} of its values are no numbers ('{}'), although {} are. Leave such "
        "fields empty if they are missing, or name it with --factor.",
        variable.name, variable.levels.size(), words, variable.levels[static_cast<std::size_t>(first - number.begin())],
        numbers));
  }
}

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  std::stringstream stream(list);
  for (std::string name; std::getline(stream, name, ',');)
    if (!name.empty()) names.push_back(name);
  return names;
}

}  // namespace meridian::commands
