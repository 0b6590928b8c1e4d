#pragma once
// A large text file written in one pass: buffered, aside, renamed to its final name when finished.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace meridian::simulation {

class RecordFile {
 public:
  /// Opens `file` with ".part" appended; creates the folder. Throws InputError naming the file.
  explicit RecordFile(const std::filesystem::path& file);
  /// Removes what was written unless finish() was called.
  ~RecordFile();
  RecordFile(const RecordFile&) = delete;
  RecordFile& operator=(const RecordFile&) = delete;

  RecordFile& operator<<(std::string_view text) {
    buffer_.append(text);
    return *this;
  }
  RecordFile& operator<<(char character) {
    buffer_.push_back(character);
    return *this;
  }
  RecordFile& operator<<(std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    buffer_.append(digits, static_cast<std::size_t>(end - digits));
    return *this;
  }
  /// The text as a CSV field: quoted where RFC 4180 asks for it (comma files).
  void field(std::string_view text);
  /// Call after each record: hands full buffers to the system.
  void end_record() {
    if (buffer_.size() >= buffer_limit) flush();
  }
  /// Writes the rest, renames; returns the size in bytes.
  std::int64_t finish();

 private:
  static constexpr std::size_t buffer_limit = std::size_t{1} << 20;
  void flush();
  std::filesystem::path file_, part_;
  std::FILE* stream_ = nullptr;
  std::string buffer_;
  std::int64_t written_ = 0;
};

}  // namespace meridian::simulation
