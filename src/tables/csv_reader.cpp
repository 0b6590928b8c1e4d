#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/record_scanner.hpp"
#include "tables/text.hpp"

namespace meridian::tables {

struct CsvReader::State {
  State(const std::filesystem::path& file, const CsvOptions& options)
      : window(file),
        detected(detect_delimiter(window, options.longest_record)),
        delimiter(options.delimiter != 0 ? options.delimiter : detected),
        scanner(window, delimiter, options.longest_record) {}

  ByteWindow window;
  char detected, delimiter;
  RecordScanner scanner;
  std::vector<std::string> header;
  std::map<std::string, std::size_t, std::less<>> index;
};

CsvReader::CsvReader(const std::filesystem::path& file, const CsvOptions& options)
    : state_(std::make_unique<State>(file, options)) {
  if (!state_->scanner.next())
    throw InputError(file.string(), state_->scanner.line() == 1 ? "an empty file" : "only blank lines",
                     "a header line with column names", "Check that the file was exported or copied completely.");
  state_->header.assign(state_->scanner.fields().begin(), state_->scanner.fields().end());
  for (std::size_t column = 0; column < header().size(); ++column) {
    const std::string& name = header()[column];
    const auto [place, fresh] = state_->index.emplace(name, column);
    if (!fresh && !name.empty())  // a column without a name cannot be asked for, so it may repeat
      throw InputError(fmt::format("{}:{}", file.string(), line()),
                       fmt::format("column name {} at columns {} and {}", shown(name), place->second + 1, column + 1),
                       "each column name once", "Rename or remove one of the two columns.");
  }
}

CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;

const std::vector<std::string>& CsvReader::header() const { return state_->header; }
const std::filesystem::path& CsvReader::file() const { return state_->window.file(); }
std::size_t CsvReader::line() const { return state_->scanner.line(); }

std::size_t CsvReader::find_column(std::string_view name) const {
  const auto found = state_->index.find(name);
  return found == state_->index.end() ? npos : found->second;
}

std::size_t CsvReader::column(std::string_view name) const {
  if (const std::size_t found = find_column(name); found != npos) return found;
  const std::string close = closest_name(name, header());
  throw InputError(file().string(), "no column " + shown(name) + " among " + shown_list(header()),
                   "a column " + shown(name),
                   close.empty() ? "Check that this is the right file." : "Did you mean " + shown(close) + "?");
}

void CsvReader::keep_to(const FilePart& part) { state_->scanner.keep_to(part); }
char CsvReader::delimiter() const { return state_->delimiter; }

bool CsvReader::next() {
  if (!state_->scanner.next()) return false;
  const std::size_t found = state_->scanner.fields().size();
  if (found != header().size())
    throw RecordError(fmt::format("{}:{}", file().string(), line()), fmt::format("{} fields", found),
                      fmt::format("{}, as in the header", header().size()),
                      "Check this line for missing or extra delimiters, or whether the file was cut off.");
  return true;
}

std::string_view CsvReader::text(std::size_t column) const { return state_->scanner.fields()[column]; }

bool CsvReader::missing(std::size_t column) const { return text(column).empty() || text(column) == "NA"; }

std::string CsvReader::where(std::size_t column) const {
  return fmt::format("{}:{}, column {}", file().string(), line(), shown(header()[column]));
}

double CsvReader::number(std::size_t column, std::string_view expected) const {
  double value = 0;
  if (!parse_number(text(column), value))
    throw InputError(where(column), shown(text(column)), std::string(expected), "Correct this field.");
  return value;
}

std::int64_t CsvReader::integer(std::size_t column, std::string_view expected) const {
  std::int64_t value = 0;
  if (!parse_integer(text(column), value))
    throw InputError(where(column), shown(text(column)), std::string(expected), "Correct this field.");
  return value;
}

}  // namespace meridian::tables
