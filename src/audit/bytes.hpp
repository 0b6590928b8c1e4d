#pragma once
// Numbers and names as bytes between ranks of one run (same machine type): never a file format.
#include <cstdint>
#include <string>
#include <string_view>

namespace meridian::audit {

class ByteWriter {
 public:
  void number(std::int64_t value);
  void text(std::string_view value);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads in the order of writing; throws Error(bug) beyond the end. The bytes must live as long as the reader.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::int64_t number();
  std::string text();

 private:
  std::string_view take(std::size_t count);
  std::string_view rest_;
};

}  // namespace meridian::audit
