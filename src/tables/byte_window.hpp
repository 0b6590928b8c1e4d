#pragma once
// A window that slides over a file: the unread bytes lie together in memory, so that records are views into it.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace meridian::tables {

class ByteWindow {
 public:
  /// Opens a file, pipe or device. Throws InputError if it is absent, a folder or unreadable.
  explicit ByteWindow(const std::filesystem::path& file);
  ~ByteWindow();
  ByteWindow(const ByteWindow&) = delete;
  ByteWindow& operator=(const ByteWindow&) = delete;

  char* data() { return buffer_.data() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  std::string_view bytes() const { return {buffer_.data() + begin_, size()}; }
  /// True once the file holds nothing beyond the window.
  bool ended() const { return ended_; }
  const std::filesystem::path& file() const { return file_; }

  /// Reads more behind the unread bytes, which may move; false at the end of the file. Doubles the buffer when full.
  bool grow();
  /// Tries to have at least `count` unread bytes.
  bool has(std::size_t count);
  /// Byte of the file at which the window stands.
  std::uint64_t position() const { return position_; }
  /// Goes on at another byte. Throws InputError for what is no regular file.
  void move_to(std::uint64_t position);
  /// Leaves the first `count` unread bytes behind.
  void consume(std::size_t count) {
    begin_ += count;
    position_ += count;
  }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t position_ = 0;
  bool ended_ = false;
};

}  // namespace meridian::tables
