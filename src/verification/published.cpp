#include "verification/published.hpp"

#include <algorithm>
#include <set>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"
#include "verification/layouts.hpp"

namespace meridian::verification {
namespace {

namespace fs = std::filesystem;

const Layout& layout_of(const tables::CsvReader& csv) {
  for (const Layout& layout : layouts())
    if (layout.header == csv.header()) return layout;
  throw InputError(csv.file().string() + ":1", "the columns " + tables::shown_list(csv.header()),
                   "the header of one of the printed tables", "See data/published/README.md for the layouts.");
}

PrintedRow current_row(const tables::CsvReader& csv) {
  PrintedRow row;
  for (std::size_t column = 0; column < csv.header().size(); ++column)
    row.emplace(csv.header()[column], csv.text(column));
  return row;
}

PrintedNumber printed_number(const tables::CsvReader& csv, std::size_t column) {
  if (auto number = parse_printed(csv.text(column))) return *number;
  throw InputError(csv.where(column), tables::shown(csv.text(column)), "a printed number such as 0.206 or <2e-16",
                   "Leave the cell empty where nothing was printed.");
}

void read_file(const fs::path& file, const Terms& terms, std::vector<PrintedCell>& cells) {
  tables::CsvReader csv(file);
  const Layout& layout = layout_of(csv);
  while (csv.next()) {
    const PrintedRow row = current_row(csv);
    for (const Quantity& quantity : layout.quantities(row, terms)) {
      if (row.at(quantity.printed).empty()) continue;
      cells.push_back({row.at("survey"), row.at("analysis"), layout.table(row), layout.key(row), quantity.name,
                       printed_number(csv, csv.column(quantity.printed)), quantity.place, quantity.counted});
    }
  }
}

bool holds_printed_tables(const fs::path& file) {
  static const std::set<std::string> companions{"terms.csv", "known_differences.csv", "contradictions.csv"};
  return file.extension() == ".csv" && companions.count(file.filename().string()) == 0;
}

}  // namespace

std::vector<PrintedCell> read_published(const fs::path& path, const Terms& terms) {
  if (!fs::exists(path))
    throw InputError("--published", tables::shown(path.string()), "a file or folder of printed tables",
                     "Check the spelling; without the option the tables shipped in data/published are taken.");
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path))
      if (entry.is_regular_file() && holds_printed_tables(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::vector<PrintedCell> cells;
  for (const fs::path& file : files) read_file(file, terms, cells);
  return cells;
}

}  // namespace meridian::verification
