#include "commands/text_table.hpp"

#include <sstream>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::commands {

TextTable read_table(const std::filesystem::path& file) {
  tables::CsvReader reader(file);
  TextTable table{file, {}, {}};
  std::vector<std::size_t> positions;
  for (std::size_t c = 0; c < reader.header().size(); ++c)
    if (!reader.header()[c].empty()) {
      table.columns.push_back({reader.header()[c], {}});
      positions.push_back(c);
    }
  while (reader.next()) {
    table.lines.push_back(reader.line());
    for (std::size_t c = 0; c < positions.size(); ++c) table.columns[c].second.emplace_back(reader.text(positions[c]));
  }
  if (table.columns.empty() || table.lines.empty())
    throw InputError(file.string(), "no rows", "a header and at least one row of values", "Give a table with data");
  return table;
}

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  std::stringstream stream(list);
  for (std::string name; std::getline(stream, name, ',');)
    if (!name.empty()) names.push_back(name);
  return names;
}

}  // namespace meridian::commands
