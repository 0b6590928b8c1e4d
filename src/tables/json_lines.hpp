#pragma once
// JSON Lines (one JSON value per line, UTF-8): how answer services and batch runs hand out their trials.
#include <cstddef>
#include <filesystem>
#include <string>

#include "tables/byte_window.hpp"
#include "tables/file_part.hpp"
#include "tables/json_document.hpp"

namespace meridian::tables {

/// Reads one value at a time; memory does not grow with the file. An unreadable file is an InputError. A line that is
/// not JSON, not UTF-8, or longer than the limit is a RecordError (csv.hpp) with file and line: next() goes on behind
/// it.
class JsonLinesReader {
 public:
  /// `longest_line` in bytes.
  explicit JsonLinesReader(const std::filesystem::path& file, std::size_t longest_line = std::size_t{1} << 22);

  /// From now on only the lines of this part of the file that lie ahead.
  void keep_to(const FilePart& part);

  /// Moves to the next value; false at the end. Blank lines are passed over.
  bool next();
  JsonDocument& value() { return value_; }
  /// Line of the current value, from 1.
  std::size_t line() const { return line_; }
  /// "file:line", for messages of the caller.
  std::string where() const;

 private:
  bool next_line();
  void pass_line();
  ByteWindow window_;
  std::size_t longest_;
  std::size_t line_ = 0;
  std::uint64_t stop_ = FilePart().end;  // no line that starts here or behind
  std::string text_;
  JsonDocument value_;
};

}  // namespace meridian::tables
