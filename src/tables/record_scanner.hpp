#pragma once
// Splits a delimited text file into records of fields (RFC 4180): views into the window, copied never.
#include <cstddef>
#include <string_view>
#include <vector>

#include "tables/byte_window.hpp"
#include "tables/file_part.hpp"

namespace meridian::tables {

/// Passes over a byte-order mark and names the delimiter of the first record: ',' ';' or tab, whichever it holds most
/// often outside quotes. Throws InputError on UTF-16 and UTF-32.
char detect_delimiter(ByteWindow& window, std::size_t longest_record);

/// A quote opens a quoted field only as the field's first byte; elsewhere it is an ordinary character.
class RecordScanner {
 public:
  RecordScanner(ByteWindow& window, char delimiter, std::size_t longest_record);

  /// Moves to the next record; false at the end. Throws InputError as CsvReader describes.
  bool next();
  /// From now on only the records of this part that lie ahead.
  void keep_to(const FilePart& part);
  const std::vector<std::string_view>& fields() const { return fields_; }
  std::size_t line() const { return line_; }

 private:
  void pass_blank_lines();
  bool split();
  bool end_record(const char* at);
  const char* plain_field(const char* at);
  const char* quoted_field(const char* at);
  void remove_doubled_quotes();
  void check_length() const;
  [[noreturn]] void fail(std::size_t line, const std::string& found, const std::string& expected,
                         const std::string& remedy) const;

  ByteWindow& window_;
  char delimiter_;
  std::size_t longest_;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> doubled_;  // fields that hold doubled quotes
  const char* end_ = nullptr;         // of the window
  std::size_t line_ = 1;              // on which the record starts
  std::size_t breaks_ = 0;            // line breaks inside the record's quoted fields so far
  std::size_t open_quote_line_ = 0;   // 0: none is open
  std::size_t length_ = 0;            // of the record with its line end
  std::size_t next_line_ = 1;
  std::uint64_t stop_ = FilePart().end;  // no record that starts here or behind
};

}  // namespace meridian::tables
