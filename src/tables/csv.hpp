#pragma once
// CSV and TSV (RFC 4180) in and out: UTF-8 with or without byte-order mark, quoted fields with line breaks, LF or CRLF.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "error.hpp"
#include "tables/file_part.hpp"

namespace meridian::tables {

/// One record is wrong in itself; the reader that threw this goes on with the record after it.
class RecordError : public InputError {
 public:
  using InputError::InputError;
};

struct CsvOptions {
  char delimiter = 0;  ///< 0: ',' ';' or tab, whichever the header holds most often
  /// Bytes; a longer record is an error (an unclosed quote, most likely).
  std::size_t longest_record = std::size_t{1} << 22;
};

/// Reads one record at a time; memory does not grow with the file. Every error is an InputError naming file, line,
/// column, the value found and what was expected: unreadable or empty file, binary content, invalid UTF-8, a duplicate
/// or missing column, a record with more or fewer fields than the header, an unclosed quote, a carriage return without
/// line feed. A wrong number of fields is a RecordError. A quote opens a quoted field only as its first byte; inside an
/// unquoted field it is an ordinary character. Columns without a name may repeat.
class CsvReader {
 public:
  explicit CsvReader(const std::filesystem::path& file, const CsvOptions& options = {});
  ~CsvReader();
  CsvReader(CsvReader&&) noexcept;

  const std::vector<std::string>& header() const;
  const std::filesystem::path& file() const;
  /// Index of a column, or throws InputError listing the columns present.
  std::size_t column(std::string_view name) const;
  /// Index of the column, or npos.
  std::size_t find_column(std::string_view name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  /// From now on only the records of this part of the file that lie ahead.
  void keep_to(const FilePart& part);
  char delimiter() const;

  /// Moves to the next record; false at the end. Blank lines are passed over.
  bool next();
  /// Line on which the current record starts (1 is the header).
  std::size_t line() const;
  std::string_view text(std::size_t column) const;
  /// The field as a number; "" , "NA", "NaN" are errors here. `expected` words the range for the message.
  double number(std::size_t column, std::string_view expected = "a number") const;
  std::int64_t integer(std::size_t column, std::string_view expected = "a whole number") const;
  /// True for "", "NA".
  bool missing(std::size_t column) const;
  /// "file:line, column 'name'", for messages of the caller.
  std::string where(std::size_t column) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One record as a CSV line with '\n'; fields are quoted where RFC 4180 asks for it.
std::string csv_line(const std::vector<std::string>& fields);

/// Shortest decimal that reads back to the same double; "NA" for NaN, "Inf" / "-Inf" (as R writes and reads them).
std::string format_number(double value);
/// Whole-text number parse ("1e-3" yes, "1,5" no); returns false if the text is not a finite number.
bool parse_number(std::string_view text, double& value);
bool parse_integer(std::string_view text, std::int64_t& value);
/// True if the bytes are valid UTF-8.
bool valid_utf8(std::string_view bytes);

}  // namespace meridian::tables
