#pragma once
// JSON Lines (one JSON value per line, UTF-8): how answer services and batch runs hand out their trials.
#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tables/byte_window.hpp"

namespace meridian::tables {

/// Reads one value at a time; memory does not grow with the file. Every error is an InputError with file and line:
/// unreadable file, binary content, invalid UTF-8, a line that is not JSON, a line longer than the limit.
class JsonLinesReader {
 public:
  /// `longest_line` in bytes.
  explicit JsonLinesReader(const std::filesystem::path& file, std::size_t longest_line = std::size_t{1} << 22);

  /// Moves to the next value; false at the end. Blank lines are passed over.
  bool next();
  const nlohmann::json& value() const { return value_; }
  /// Line of the current value, from 1.
  std::size_t line() const { return line_; }
  /// "file:line", for messages of the caller.
  std::string where() const;

 private:
  bool next_line();
  ByteWindow window_;
  std::size_t longest_;
  std::size_t line_ = 0;
  std::string text_;
  nlohmann::json value_;
};

}  // namespace meridian::tables
